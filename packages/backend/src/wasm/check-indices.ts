import * as tf from "@tensorflow/tfjs-core";
import { memoryOf, offsetOf } from "./wasm-backend.js";
import type { WasmKernelCall } from "./wasm-kernel.js";

/**
 * Checks that int32 numbers are indices of `limit` entries: a kernel that follows a wrong one would
 * read or write somebody else's memory.
 *
 * @throws {RangeError} naming the first that is not.
 */
export function checkIndices(
  { backend, kernels }: WasmKernelCall<unknown>,
  indices: tf.TensorInfo,
  { limit, what }: { limit: number; what: string },
): void {
  const count = tf.util.sizeFromShape([...indices.shape]);
  const at = offsetOf(backend, indices);
  const wrong = kernels.findOutside(at, count, limit);
  if (wrong < 0) return;
  const index = new Int32Array(memoryOf(backend).buffer, at + 4 * wrong, 1)[0];
  throw new RangeError(`${what} must be in [0, ${limit - 1}]; got ${index}.`);
}
