// Trains a small network for a step and prints what came out: with relaxed SIMD, if asked to; "late", once the
// backend is in use on one thread.
import "@tensorflow/tfjs";
import { enableRelaxedSimd, useBackend } from "@muir/backend";
import { batchNormalize, lstmSequence, softmaxCrossEntropy } from "@muir/ops";
import * as tf from "@tensorflow/tfjs-core";
import { supportedBuild } from "../src/wasm/training-kernels-module.js";

tf.enableProdMode();
const when = process.argv[2];
if (when === "relaxed") enableRelaxedSimd();
if (when === "late") {
  await useBackend("wasm", { threads: 1 });
  enableRelaxedSimd();
}
await useBackend("wasm", { threads: 2 });

const draw = (shape: number[], phase: number) => {
  const count = tf.util.sizeFromShape(shape);
  const values = Float32Array.from({ length: count }, (_, i) => Math.sin(12.9898 * i + phase) / 2);
  return tf.tensor(values, shape);
};
const images = draw([4, 12, 12, 8], 1) as tf.Tensor4D;
const labels = tf.tensor1d([0, 2, 1, 2], "int32");
const ones = tf.ones([16]) as tf.Tensor1D;
const state = { hidden: tf.zeros([4, 6]), cell: tf.zeros([4, 6]) } as never;
const loss = (...[filter, kernel, recurrent]: tf.Tensor[]) => {
  const features = tf.conv2d(images, filter as tf.Tensor4D, 1, "same");
  const given = { scale: ones, offset: tf.zeros([16]) as tf.Tensor1D, activation: "relu" } as const;
  const pooled = tf.maxPool(batchNormalize(features, given).outputs as tf.Tensor4D, 4, 4, "valid");
  const x = tf.transpose(tf.reshape(pooled, [4, 9, 16]), [1, 0, 2]) as tf.Tensor3D;
  const weights = { kernel, recurrent, bias: tf.zeros([24]), ...(state as object) } as never;
  const { outputs } = lstmSequence(x, weights);
  return softmaxCrossEntropy(tf.reshape(tf.slice(outputs, [8]), [4, 6]), labels);
};
const inputs = [draw([3, 3, 8, 16], 2), draw([16, 24], 3), draw([6, 24], 4)];
const { value, grads } = tf.valueAndGrads(loss as never)(inputs);
const numbers = [value, ...grads].flatMap((tensor) => [...tensor.dataSync()]);
console.log(JSON.stringify({ build: supportedBuild(), numbers }));
