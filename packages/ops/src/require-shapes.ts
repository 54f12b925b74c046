import type * as tf from "@tensorflow/tfjs-core";

/** A size, or a name for one that may be anything. */
type Side = number | string;

/** Checks the shapes of an op's arguments by name; each expected shape may name sides that are free. */
export function requireShapes(
  caller: string,
  tensors: Readonly<Record<string, tf.Tensor>>,
  expected: Readonly<Record<string, readonly Side[]>>,
): void {
  for (const [name, sides] of Object.entries(expected)) {
    const { shape } = tensors[name]!;
    const fits =
      shape.length === sides.length &&
      sides.every((side, axis) => typeof side === "string" || side === shape[axis]);
    if (!fits) throw new RangeError(`${caller}: ${name} must be [${sides}]; got [${shape}].`);
  }
}
