import * as tf from "@tensorflow/tfjs-core";

/**
 * Takes the gradient of a small network on the current backend and compares it with numbers worked
 * out by hand.
 *
 * The loss is sum(relu(x w)^2) for x = [[1, 2], [3, -8]], w = [[1], [0.5]]: the second row is cut
 * off by relu, the first gives 2 and so the gradient 2 * 2 * [1, 2].
 *
 * @throws {Error} saying what came out instead.
 */
export async function checkTrainingStep(): Promise<void> {
  if (tf.getGradient("BatchMatMul") == null) {
    throw new Error(
      'TensorFlow.js has no gradients registered. Import "@tensorflow/tfjs" once in your program.',
    );
  }
  const gradient = tf.tidy(() => {
    const inputs = tf.tensor2d([1, 2, 3, -8], [2, 2]);
    const loss = (weights: tf.Tensor) =>
      tf.sum(tf.square(tf.relu(tf.matMul(inputs, weights as tf.Tensor2D))));
    return tf.grad(loss)(tf.tensor2d([1, 0.5], [2, 1]));
  });
  const found = Array.from(await gradient.data());
  gradient.dispose();
  const close = [4, 8].every((expected, i) => Math.abs(found[i]! - expected) < 1e-3);
  if (!close) throw new Error(`its gradient of a small step is [${found}] instead of [4,8].`);
}
