import { planDecomposition } from "@muir/decompose";
import { transformerLanguageModel } from "@muir/models";
import { describeArchitecture } from "@muir/models/laws";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";

const small = { vocabulary: 5, time: 4, layers: 2, width: 6, heads: 2 };
describeArchitecture(transformerLanguageModel(small));

describe("transformerLanguageModel", () => {
  test("can share every projection, and nothing else", () => {
    const architecture = transformerLanguageModel({
      vocabulary: 100,
      time: 8,
      layers: 1,
      width: 32,
    });
    const plan = planDecomposition([architecture], { block: [16, 16] });
    expect(plan.shared.map(({ parameter, grid }) => [parameter, ...grid])).toEqual([
      ["layer1.attention.query", 1, 2, 2],
      ["layer1.attention.key", 1, 2, 2],
      ["layer1.attention.value", 1, 2, 2],
      ["layer1.attended.kernel", 1, 2, 2],
      ["layer1.dense1.kernel", 1, 2, 8],
      ["layer1.dense2.kernel", 1, 8, 2],
    ]);
  });

  test("tells the same words apart by their positions", () => {
    const architecture = transformerLanguageModel({ ...small, dropout: 0 });
    const apply = (positions: tf.Tensor) => {
      const parameters = Object.fromEntries(
        Object.entries(architecture.parameters).map(([name, { shape }], i) => [
          name,
          tf.randomNormal([...shape], 0, 1, "float32", i + 1),
        ]),
      );
      const context = { training: false, random: Math.random, state: {} };
      const tokens = tf.fill([1, 4], 2, "int32");
      return architecture.apply({ ...parameters, positions }, tokens, context).outputs;
    };
    const [first, second] = tf.unstack(tf.squeeze(apply(tf.zeros([4, 6])), [0]));
    expect(first!).toBeCloseToTensor(second!, { rtol: 1e-4, atol: 1e-4 });
    const [other, another] = tf.unstack(
      tf.squeeze(apply(tf.randomNormal([4, 6], 0, 1, "float32", 99)), [0]),
    );
    expect(other!).not.toBeCloseToTensor(another!, { rtol: 1e-2, atol: 1e-2 });
  });

  test("rejects sizes that do not make a network", () => {
    const sized = (sizes: object) => () => transformerLanguageModel({ ...small, ...sizes });
    expect(sized({ heads: 4 })).toThrow(
      new RangeError("transformerLanguageModel: width must be a multiple of heads; got 6 and 4."),
    );
    expect(sized({ dropout: -1 })).toThrow(
      new RangeError(
        "transformerLanguageModel: dropout must be at least 0 and less than 1; got -1.",
      ),
    );
    expect(sized({ layers: 0 })).toThrow(
      new RangeError("transformerLanguageModel: layers must be a positive integer; got 0."),
    );
  });
});
