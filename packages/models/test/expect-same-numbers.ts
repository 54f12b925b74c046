import * as tf from "@tensorflow/tfjs-core";
import { expect } from "vitest";

/**
 * Expects each named tensor to be within 1e-4 of the expected one: relative to each entry, or a tenth of
 * that relative to the largest where an entry is small beside it.
 *
 * The bias of a convolution before a normalization has a gradient of zero, of which float32 leaves
 * some 1e-8: nothing is to be compared there but that.
 */
export function expectSameNumbers(
  found: Readonly<Record<string, tf.Tensor>>,
  expected: Readonly<Record<string, tf.Tensor>>,
): void {
  for (const [name, tensor] of Object.entries(expected)) {
    expect(found[name], name).toBeDefined();
    const largest = tf.max(tf.abs(tensor)).dataSync()[0]!;
    const isRounding = largest < 1e-7;
    const atol = isRounding ? 1e-6 : 1e-5 * largest;
    expect(found[name]!, name).toBeCloseToTensor(tensor, { rtol: 1e-4, atol });
  }
}
