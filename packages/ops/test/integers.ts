import { seededDraws } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";

/** Integers from 0 to `below - 1`, int32, drawn from `seed`. */
export function integers(shape: readonly number[], below: number, seed: number): tf.Tensor {
  const draw = seededDraws(seed);
  const values = Int32Array.from({ length: tf.util.sizeFromShape([...shape]) }, () =>
    Math.floor(below * draw()),
  );
  return tf.tensor(values, [...shape], "int32");
}
