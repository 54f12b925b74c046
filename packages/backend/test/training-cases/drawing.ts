import { createRandom, standardNormal } from "@muir/random";
import * as tf from "@tensorflow/tfjs-core";

/** Draws tensors, the same ones on every backend, and owns them. */
export interface Drawing {
  /** Draws from N(0, deviation^2); by default 1. */
  normal(shape: readonly number[], deviation?: number): tf.Tensor;
  /** Whole numbers from 0 up to but not including `below`. */
  integers(shape: readonly number[], below: number): tf.Tensor;
  dispose(): void;
}

/** Two drawings of one seed give the same numbers, call by call. */
export function createDrawing(seed: number): Drawing {
  const random = createRandom(seed);
  const drawn: tf.Tensor[] = [];
  const draw = (shape: readonly number[], dtype: "float32" | "int32", one: () => number) => {
    const size = shape.reduce((product, side) => product * side, 1);
    const values = Float32Array.from({ length: size }, one);
    const tensor = tf.keep(tf.tensor(values, [...shape], dtype));
    drawn.push(tensor);
    return tensor;
  };
  return {
    normal: (shape, deviation = 1) =>
      draw(shape, "float32", () => deviation * standardNormal(random)),
    integers: (shape, below) => draw(shape, "int32", () => Math.floor(below * random())),
    dispose: () => void tf.dispose(drawn),
  };
}
