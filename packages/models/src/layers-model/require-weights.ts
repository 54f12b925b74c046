import type { Shape } from "@muir/decompose";
import type * as tf from "@tensorflow/tfjs-core";

/**
 * Checks that all weights of a model are there, each in its shape.
 *
 * @throws {RangeError} naming the first that is not.
 */
export function requireWeights(
  weights: Readonly<Record<string, tf.Tensor>>,
  {
    caller,
    what,
    shapes,
  }: { caller: string; what: string; shapes: Readonly<Record<string, Shape>> },
): void {
  for (const [name, shape] of Object.entries(shapes)) {
    const got = weights[name]?.shape;
    if (String(got) === String(shape)) continue;
    throw new RangeError(
      `${caller}: ${what} ${name} must be [${shape}]; got ${got ? `[${got}]` : "none"}.`,
    );
  }
}
