import { fromLayersModel } from "@muir/models/layers";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, test } from "vitest";
import { modelsOfTests } from "./models-of-tests.js";

const made = modelsOfTests();

/** How the kernel of a dense layer of 30 inputs and 20 outputs starts. */
function initialOf(kernelInitializer: unknown, units = 20) {
  const layer = tf.layers.dense({
    name: "dense",
    units,
    inputShape: [30],
    kernelInitializer: kernelInitializer as never,
  });
  return fromLayersModel(made(tf.sequential({ layers: [layer] }))).parameters["dense.kernel"]!
    .initial;
}

const { initializers } = tf;
const normal = (standardDeviation: number) => ({
  standardDeviation: expect.closeTo(standardDeviation, 6),
});

describe("a parameter starts as its layer's initializer has it", () => {
  test.each([
    ["zeros", { constant: 0 }],
    ["ones", { constant: 1 }],
    [initializers.constant({ value: 0.5 }), { constant: 0.5 }],
    [initializers.randomNormal({ stddev: 0.3 } as never), normal(0.3)],
    [
      initializers.randomNormal({ mean: 1, stddev: 0.02 } as never),
      { standardDeviation: 0.02, mean: 1 },
    ],
    [
      initializers.randomUniform({ minval: 1, maxval: 2 }),
      { standardDeviation: 1 / Math.sqrt(12), mean: 1.5 },
    ],
    [initializers.randomUniform({ minval: -0.3, maxval: 0.3 }), normal(0.3 / Math.sqrt(3))],
    ["heNormal", normal(Math.sqrt(2 / 30))],
    ["heUniform", normal(Math.sqrt(2 / 30))],
    ["leCunNormal", normal(Math.sqrt(1 / 30))],
    ["glorotUniform", normal(Math.sqrt(2 / 50))],
    [
      initializers.varianceScaling({ scale: 3, mode: "fanOut", distribution: "normal" }),
      normal(Math.sqrt(3 / 20)),
    ],
    [initializers.orthogonal({ gain: 2 } as never), normal(2 / Math.sqrt(30))],
  ])("%o", (initializer, expected) => {
    expect(initialOf(initializer)).toEqual(expected);
  });

  test("which for a uniform, an orthogonal and an identity matrix is how far they do spread", () => {
    for (const [initializer, units] of [
      ["heUniform", 40],
      ["orthogonal", 30],
      ["identity", 30],
    ] as const) {
      const layer = tf.layers.dense({ units, inputShape: [30], kernelInitializer: initializer });
      const model = made(tf.sequential({ layers: [layer] }));
      const kernel = model.getWeights()[0]!;
      const { standardDeviation } = initialOf(initializer, units) as { standardDeviation: number };
      const size = Math.sqrt(tf.mean(tf.square(kernel)).dataSync()[0]!);
      expect(size / standardDeviation).toBeGreaterThan(0.95);
      expect(size / standardDeviation).toBeLessThan(1.05);
    }
  });

  test("or, if that is not written down, where it is now or as He et al. have it", () => {
    class Own extends tf.layers.Layer {
      static readonly className = "Own";
      override build(): void {
        this.addWeight("scale", [3], "float32", tf.initializers.constant({ value: 2 }));
        this.addWeight("matrix", [8, 4], "float32", tf.initializers.heNormal({}));
        this.built = true;
      }
      override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor | tf.Tensor[] {
        return inputs;
      }
    }
    const model = made(
      tf.sequential({ layers: [new Own({ name: "own", inputShape: [3] } as never)] }),
    );
    const { parameters } = fromLayersModel(model);
    expect(parameters["own.scale"]!.initial).toEqual({ constant: 2 });
    expect(parameters["own.matrix"]!.initial).toEqual({ standardDeviation: 0.5 });
  });
});
