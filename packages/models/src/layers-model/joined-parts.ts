import type { Shape } from "@muir/decompose";
import * as tf from "@tensorflow/tfjs-core";

/** One of several inputs or outputs of a model, and its place in the joined one: `[batch, sum of sizes]`. */
export interface JoinedPart {
  readonly name: string;
  /** Of one example. */
  readonly shape: Shape;
  readonly dtype: string;
  /** The first of its numbers in a row. */
  readonly first: number;
  /** How many numbers it has. */
  readonly size: number;
}

/** Lays parts out one after another; names that come twice get numbers. */
export function layOut(
  parts: readonly { readonly name: string; readonly shape: Shape; readonly dtype: string }[],
): JoinedPart[] {
  let first = 0;
  return parts.map(({ name, shape, dtype }, i) => {
    const before = parts.slice(0, i).filter((part) => part.name === name).length;
    const size = shape.reduce((product, side) => product * side, 1);
    const part = { name: before === 0 ? name : `${name}${before + 1}`, shape, dtype, first, size };
    first += size;
    return part;
  });
}

/** Shape of an example of all parts: the part's own if there is but one, otherwise a row of all numbers. */
export function joinedShape(parts: readonly JoinedPart[]): Shape {
  if (parts.length === 1) return parts[0]!.shape;
  return [parts.reduce((sum, { size }) => sum + size, 0)];
}

/**
 * Several inputs or outputs of a model as the one tensor that an architecture takes or gives,
 * `[batch, sum of sizes]`; a single one stays as it is.
 *
 * For the inputs and, where a loss wants them, the targets of a model with more than one. Numbers become
 * float32: integers up to 2^24 stay exact.
 *
 * @param parts `inputs` or `outputs` of the architecture.
 * @param tensors by name, `[batch, ...shape]`.
 * @returns a new tensor; the caller disposes it.
 * @throws {RangeError} if one is missing or has another shape.
 * @example
 * ```ts
 * joinParts(architecture.inputs, { image, age }).shape; // [32, 32 * 32 * 3 + 1]
 * ```
 */
export function joinParts(
  parts: readonly JoinedPart[],
  tensors: Readonly<Record<string, tf.Tensor>>,
): tf.Tensor {
  const batch = tensors[parts[0]!.name]?.shape[0];
  for (const { name, shape } of parts) {
    const got = tensors[name]?.shape;
    if (String(got) === String([batch ?? "batch", ...shape])) continue;
    throw new RangeError(
      `joinParts: ${name} must be [${[batch ?? "batch", ...shape]}]; got ${got ? `[${got}]` : "none"}.`,
    );
  }
  if (parts.length === 1) return tf.clone(tensors[parts[0]!.name]!);
  return tf.tidy(() =>
    tf.concat(
      parts.map(({ name, size }) => tf.reshape(tf.cast(tensors[name]!, "float32"), [-1, size])),
      1,
    ),
  );
}

/**
 * The inverse of {@link joinParts}: the outputs of a model by name, for losses, metrics and predictions
 * of a model with more than one.
 *
 * @param parts `inputs` or `outputs` of the architecture.
 * @returns new tensors; the caller disposes them.
 * @throws {RangeError} if the tensor has another shape.
 * @example
 * ```ts
 * const { price, label } = splitParts(architecture.outputs, outputs);
 * ```
 */
export function splitParts(
  parts: readonly JoinedPart[],
  joined: tf.Tensor,
): Record<string, tf.Tensor> {
  const shape = joinedShape(parts);
  if (joined.rank < 1 || String(joined.shape.slice(1)) !== String(shape)) {
    throw new RangeError(
      `splitParts: the tensor must be [${["batch", ...shape]}]; got [${joined.shape}].`,
    );
  }
  if (parts.length === 1) return { [parts[0]!.name]: tf.clone(joined) };
  return tf.tidy(() => {
    const rows = tf.split(
      joined,
      parts.map(({ size }) => size),
      1,
    );
    return Object.fromEntries(
      parts.map(({ name, shape, dtype }, i) => [
        name,
        tf.cast(tf.reshape(rows[i]!, [-1, ...shape]), dtype as tf.DataType),
      ]),
    );
  });
}
