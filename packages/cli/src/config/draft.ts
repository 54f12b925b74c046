/** A configuration on its way: nested plain values, not yet checked. */
export type Draft = { [key: string]: unknown };

/** Whether a value of a draft is a section with settings of its own. */
export const isMap = (value: unknown): value is Draft =>
  typeof value === "object" && value !== null && !Array.isArray(value);
