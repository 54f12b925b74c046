import * as tf from "@tensorflow/tfjs-core";
import { crossEntropy } from "./cross-entropy.js";
import type { TrainingCase } from "./training-case.js";

/** LeNet in small: 5 x 5 convolutions padded by 1, max pooling, dense layers. */
export const pooled: TrainingCase = {
  name: "convolution 5x5, max pool, dense",
  prepare(drawing) {
    const images = drawing.normal([8, 12, 12, 3]) as tf.Tensor4D;
    const classes = drawing.integers([8], 10);
    return {
      parameters: {
        first: drawing.normal([5, 5, 3, 8], 0.2),
        second: drawing.normal([5, 5, 8, 16], 0.1),
        dense: drawing.normal([16, 10], 0.3),
        bias: drawing.normal([10]),
      },
      loss({ first, second, dense, bias }) {
        let x = tf.conv2d(images, first as tf.Tensor4D, 1, 1);
        x = tf.maxPool(tf.relu(x), 2, 2, "valid"); // [8, 5, 5, 8]
        x = tf.relu(tf.conv2d(x, second as tf.Tensor4D, 1, 1)); // [8, 3, 3, 16]
        const flat = tf.reshape(tf.maxPool(x, 2, 2, "valid"), [8, 16]);
        return crossEntropy(tf.add(tf.matMul(flat, dense as tf.Tensor2D), bias!), classes);
      },
    };
  },
};

/** A residual block of WRN-40-1 that halves the image, in small: strides, batch norm, shortcut. */
export const residual: TrainingCase = {
  name: "convolution 3x3 of stride 1 and 2, batch norm, shortcut",
  prepare(drawing) {
    const images = drawing.normal([8, 10, 10, 3]) as tf.Tensor4D;
    const classes = drawing.integers([8], 10);
    return {
      parameters: {
        first: drawing.normal([3, 3, 3, 8], 0.3),
        scale: drawing.normal([8]),
        offset: drawing.normal([8]),
        halving: drawing.normal([3, 3, 8, 16], 0.2),
        nextScale: drawing.normal([16]),
        nextOffset: drawing.normal([16]),
        second: drawing.normal([3, 3, 16, 16], 0.2),
        shortcut: drawing.normal([3, 3, 8, 16], 0.2),
        dense: drawing.normal([16, 10], 0.3),
      },
      loss(weights) {
        const filter = (name: string) => weights[name] as tf.Tensor4D;
        const x = tf.conv2d(images, filter("first"), 1, "valid");
        const before = tf.relu(normalized(x, weights["scale"]!, weights["offset"]!));
        const halved = tf.conv2d(before, filter("halving"), 2, "same");
        const after = tf.relu(normalized(halved, weights["nextScale"]!, weights["nextOffset"]!));
        const through = tf.conv2d(after, filter("second"), 1, "same");
        const sum = tf.add(through, tf.conv2d(before, filter("shortcut"), 2, "same"));
        const pooled = tf.reshape(tf.avgPool(sum as tf.Tensor4D, 4, 4, "valid"), [8, 16]);
        return crossEntropy(tf.matMul(pooled, weights["dense"] as tf.Tensor2D), classes);
      },
    };
  },
};

/** Batch normalization with the batch's own statistics, out of standard ops. */
function normalized(x: tf.Tensor4D, scale: tf.Tensor, offset: tf.Tensor): tf.Tensor4D {
  const { mean, variance } = tf.moments(x, [0, 1, 2]);
  const statistics = [mean, variance] as tf.Tensor1D[];
  return tf.batchNorm(
    x,
    statistics[0]!,
    statistics[1]!,
    offset as tf.Tensor1D,
    scale as tf.Tensor1D,
    1e-5,
  );
}
