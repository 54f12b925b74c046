import * as tf from "@tensorflow/tfjs-core";

/** How {@link dropout} drops. */
export interface DropoutOptions {
  /** The share of entries that is dropped, from 0 up to but not 1. */
  readonly rate: number;
  /** Uniform draws in [0, 1). */
  readonly random: () => number;
}

/**
 * Sets each entry to zero with probability `rate`, on its own, and divides the others by 1 - rate so
 * that the expectation stays (Srivastava et al. 2014).
 *
 * The draws are made on the host, one for each entry in row-major order, so that the same source
 * drops the same entries on every backend. A rate of 0 draws nothing.
 *
 * @throws {RangeError} if `rate` is not in [0, 1).
 */
export function dropout(x: tf.Tensor, { rate, random }: DropoutOptions): tf.Tensor {
  if (!(rate >= 0 && rate < 1)) {
    throw new RangeError(`dropout: rate must be at least 0 and less than 1; got ${rate}.`);
  }
  if (rate === 0) return tf.reshape(x, x.shape);
  const kept = 1 / (1 - rate);
  const factors = new Float32Array(x.size);
  for (let i = 0; i < factors.length; i++) factors[i] = random() < rate ? 0 : kept;
  return tf.tidy(() => tf.mul(x, tf.tensor(factors, x.shape)));
}
