import * as tf from "@tensorflow/tfjs-core";
import { alias, constant } from "./constant.js";
import type { LstmInputs } from "./lstm-kernel.js";

/** An LSTM out of standard ops, for backends without the fused kernels. Call it inside a tidy. */
export function composedLstm(inputs: LstmInputs): { outputs: tf.Tensor3D; cell: tf.Tensor2D } {
  let { hidden, cell } = inputs;
  const outputs = projections(inputs).map((projection) => {
    const sums = tf.add(projection, tf.matMul(hidden, inputs.recurrent));
    const [i, f, g, o] = tf.split(sums, 4, 1) as [
      tf.Tensor2D,
      tf.Tensor2D,
      tf.Tensor2D,
      tf.Tensor2D,
    ];
    cell = tf.add(tf.mul(tf.sigmoid(f), cell), tf.mul(tf.sigmoid(i), tf.tanh(g)));
    hidden = tf.mul(tf.sigmoid(o), tf.tanh(cell));
    return hidden;
  });
  return {
    outputs: tf.stack(outputs) as tf.Tensor3D,
    cell: constant(() => alias(cell)) as tf.Tensor2D,
  };
}

/** What the inputs of each step add to the gates, `[B, 4U]`, in one product for all steps. */
function projections({ x, kernel, bias }: LstmInputs): tf.Tensor2D[] {
  const [time, batch, width] = x.shape;
  const flat = tf.reshape(x, [time * batch, width]);
  const sums = tf.add(tf.matMul(flat, kernel), bias);
  // the gradient of an unstack into a single tensor throws in TensorFlow.js 4
  if (time === 1) return [sums as tf.Tensor2D];
  return tf.unstack(tf.reshape(sums, [time, batch, -1])) as tf.Tensor2D[];
}
