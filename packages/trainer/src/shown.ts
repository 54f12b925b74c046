/** A value as errors show it. JSON has no NaN or infinity. */
export const shown = (value: unknown): string =>
  typeof value === "number" ? String(value) : JSON.stringify(value);
