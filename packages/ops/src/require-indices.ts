import * as tf from "@tensorflow/tfjs-core";

/** Backends whose numbers lie on the host, so that reading them waits for nothing. */
const hostBackends = ["cpu", "wasm"];

/**
 * Checks that a tensor holds integers from 0 to `below - 1`.
 *
 * On backends that keep their numbers elsewhere only the type is checked: reading them would make
 * the host wait for everything computed before.
 *
 * @throws {TypeError} unless the tensor is int32.
 * @throws {RangeError} naming the first entry that is out of range.
 */
export function requireIndices(
  caller: string,
  tensor: tf.Tensor,
  { name, below }: { name: string; below: number },
): void {
  if (tensor.dtype !== "int32") {
    throw new TypeError(
      `${caller}: ${name} must be int32; got ${tensor.dtype}. Make it with tf.tensor(values, shape, "int32").`,
    );
  }
  if (!hostBackends.includes(tf.getBackend())) return;
  const values = tensor.dataSync();
  const wrong = values.findIndex((index) => index < 0 || index >= below);
  if (wrong < 0) return;
  throw new RangeError(
    `${caller}: ${name} must be integers from 0 to ${below - 1}; got ${values[wrong]} at flat index ${wrong}.`,
  );
}
