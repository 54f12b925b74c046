import { requireGradients } from "@muir/hypermodule";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";

describe("requireGradients", () => {
  test("says nothing where gradients are registered", () => {
    requireGradients("train");
  });

  test("names the caller and the remedy where they are not", () => {
    const gradient = tf.getGradient("BatchMatMul");
    tf.unregisterGradient("BatchMatMul");
    try {
      expect(() => requireGradients("train")).toThrow(
        'train: TensorFlow.js must have its gradients registered; got "@tensorflow/tfjs-core" alone. Import "@tensorflow/tfjs"',
      );
    } finally {
      tf.registerGradient(gradient);
    }
  });
});
