import { normal, seededDraws } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import type { ExampleModel } from "./example-models.js";

/** Inputs for an example, one tensor for each input of its model. */
export function drawInputs({ inputs }: ExampleModel, seed = 1): tf.Tensor[] {
  return inputs.map(({ shape, symbols }, i) => {
    if (symbols === undefined) return normal(shape, seed + i);
    const draw = seededDraws(seed + i);
    const values = Int32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () =>
      Math.floor(symbols * draw()),
    );
    return tf.tensor(values, shape, "int32");
  });
}
