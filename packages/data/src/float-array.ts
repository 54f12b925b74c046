import type { NumericArray } from "./dataset.js";

/** A {@link NumericArray} of real numbers: float32, row-major. */
export interface FloatArray extends NumericArray {
  readonly data: Float32Array;
}
