import type { Shape } from "@muir/decompose";
import type * as tf from "@tensorflow/tfjs-core";

/**
 * Checks that inputs are a batch of what an architecture takes.
 *
 * @throws {RangeError} if they are not `[batch, ...inputShape]`.
 * @throws {TypeError} if they are to be symbols and are not int32.
 */
export function requireInputs(
  architecture: string,
  inputs: tf.Tensor,
  { inputShape, symbols }: { inputShape: Shape; symbols?: number },
): void {
  if (inputs.rank < 1 || String(inputs.shape.slice(1)) !== String(inputShape)) {
    throw new RangeError(
      `${architecture}: inputs must be [${["batch", ...inputShape]}]; got [${inputs.shape}].`,
    );
  }
  if (symbols !== undefined && inputs.dtype !== "int32") {
    throw new TypeError(
      `${architecture}: inputs must be symbols from 0 to ${symbols - 1}, int32; got ${inputs.dtype}.`,
    );
  }
}
