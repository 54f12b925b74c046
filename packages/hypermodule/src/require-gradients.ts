import * as tf from "@tensorflow/tfjs-core";

/**
 * Fails early, with the fix, when the program loaded tfjs-core without its gradients.
 *
 * @throws {Error} if no gradients are registered.
 */
export function requireGradients(caller: string): void {
  if (tf.getGradient("BatchMatMul") == null) {
    throw new Error(
      `${caller}: TensorFlow.js must have its gradients registered; got "@tensorflow/tfjs-core" alone. Import "@tensorflow/tfjs" (or "@tensorflow/tfjs-layers") once in your program.`,
    );
  }
}
