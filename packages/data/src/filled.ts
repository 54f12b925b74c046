import { elementCount } from "./element-count.js";
import type { FloatArray } from "./float-array.js";

/** An array of `shape` whose numbers are drawn one after another. */
export const filled = (shape: readonly number[], draw: () => number): FloatArray => ({
  shape,
  data: Float32Array.from({ length: elementCount(shape) }, draw),
});
