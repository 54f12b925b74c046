import { seededDraws } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";

/** Sizes of outputs of one or more tasks. */
export const sizes = fc.record({
  tasks: fc.integer({ min: 1, max: 3 }),
  examples: fc.integer({ min: 2, max: 6 }),
  width: fc.integer({ min: 1, max: 4 }),
  seed: fc.noShrink(fc.nat({ max: 1_000_000 })),
});

/** A tensor for each task. */
export const stackedOrAlone = (tasks: number, draw: (task: number) => tf.Tensor): tf.Tensor[] =>
  Array.from({ length: tasks }, (_, task) => draw(task));

/** int32 labels from 0 to `below - 1`. */
export function labels(shape: number[], { below, seed }: { below: number; seed: number }) {
  const draw = seededDraws(seed);
  const size = tf.util.sizeFromShape(shape);
  const values = Array.from({ length: size }, () => Math.floor(draw() * below));
  return tf.tensor(values, shape, "int32");
}
