import type { Draft } from "./assign-path.js";

/** Whether a value of a draft is a section with settings of its own. */
export const isMap = (value: unknown): value is Draft =>
  typeof value === "object" && value !== null && !Array.isArray(value);
