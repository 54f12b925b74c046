import type * as tf from "@tensorflow/tfjs-core";

/** How far two entries may be apart: `|actual - expected| <= atol + rtol * |expected|`. */
export interface Tolerance {
  /** Relative part. 1e-5 unless told otherwise. */
  readonly rtol?: number;
  /** Absolute part. 1e-6 unless told otherwise. */
  readonly atol?: number;
}

/** What a matcher of vitest returns. */
export interface Closeness {
  readonly pass: boolean;
  /** What is different, or that nothing is. */
  readonly message: () => string;
}

/**
 * Whether two tensors have the same shape and every entry within the tolerance; the matcher
 * `toBeCloseToTensor`.
 *
 * NaN is close to nothing, not even to NaN; an infinity only to itself. With `{ rtol: 0, atol: 0 }`
 * entries must be equal, which sums and products of small integers are in float32.
 *
 * @example
 * ```ts
 * closeness(tf.tensor1d([1, 2]), tf.tensor1d([1, 3])).message();
 * // "tensors differ at 1 of 2 entries, first at [1]: got 2, expected 3 (rtol 0.00001, atol 0.000001)"
 * ```
 */
export function closeness(
  actual: tf.Tensor,
  expected: tf.Tensor,
  { rtol = 1e-5, atol = 1e-6 }: Tolerance = {},
): Closeness {
  if (String(actual.shape) !== String(expected.shape)) {
    return {
      pass: false,
      message: () => `tensors differ in shape: got [${actual.shape}], expected [${expected.shape}]`,
    };
  }
  const got = Array.from(actual.dataSync());
  const wanted = Array.from(expected.dataSync());
  const isOff = (a: number, i: number) => {
    const e = wanted[i]!;
    // an infinite tolerance would let everything be close to infinity; !(<=) so that NaN is off
    return a !== e && !(Number.isFinite(e) && Math.abs(a - e) <= atol + rtol * Math.abs(e));
  };
  const first = got.findIndex(isOff);
  const allowed = `(rtol ${rtol}, atol ${atol})`;
  if (first < 0) {
    return { pass: true, message: () => `tensors are equal at every entry ${allowed}` };
  }
  return {
    pass: false,
    message: () =>
      `tensors differ at ${got.filter(isOff).length} of ${got.length} entries, first at ` +
      `[${coordinates(first, actual.shape)}]: got ${got[first]}, expected ${wanted[first]} ${allowed}`,
  };
}

function coordinates(flat: number, shape: readonly number[]): number[] {
  return shape.reduceRight<{ rest: number; found: number[] }>(
    ({ rest, found }, size) => ({ rest: Math.floor(rest / size), found: [rest % size, ...found] }),
    { rest: flat, found: [] },
  ).found;
}
