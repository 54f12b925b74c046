import { planDecomposition } from "@muir/decompose";
import { leNet } from "@muir/models";
import { describeArchitecture } from "@muir/models/laws";
import { softmaxCrossEntropy } from "@muir/ops";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { computations, computed } from "./backends.js";
import { expectSameNumbers } from "./expect-same-numbers.js";
import { fixture, hasFixtures, restored, type Stored } from "./fixture.js";
import { gradientsIn } from "./gradients-in.js";
import { parameterCount } from "./parameter-count.js";
import { conv2d, dense, denseAfter, images, type Names, same, translated } from "./torch-layout.js";

describeArchitecture(leNet({ inputShape: [11, 10, 2], filters: 3, hidden: [5, 4], classes: 3 }));

describe("leNet", () => {
  test("has the parameters that its README says", () => {
    expect(parameterCount(leNet())).toBe(94_842);
  });

  test("has the paper's 361 blocks", () => {
    expect(planDecomposition([leNet()], { block: [16, 16] }).locations).toBe(361);
  });

  test("shares the second convolution and the first two dense layers", () => {
    const shared = Object.entries(leNet().parameters).filter(([, { kind }]) => kind);
    expect(shared.map(([name]) => name)).toEqual([
      "conv2.kernel",
      "dense1.kernel",
      "dense2.kernel",
    ]);
  });

  test("starts as He et al. have it", () => {
    const { parameters } = leNet();
    expect(parameters["conv2.kernel"].initial).toEqual({ standardDeviation: Math.sqrt(2 / 400) });
    expect(parameters["dense1.kernel"].initial).toEqual({ standardDeviation: Math.sqrt(2 / 576) });
    expect(parameters["dense1.bias"].initial).toEqual({ constant: 0 });
  });

  test("rejects sizes that do not make a network, and other images", () => {
    expect(() => leNet({ filters: 0 })).toThrow(
      new RangeError("leNet: filters must be a positive integer; got 0."),
    );
    expect(() => leNet({ inputShape: [9, 32, 3] })).toThrow(
      new RangeError("leNet: images must be at least 10 x 10; got 9 x 32."),
    );
    const context = { training: false, random: Math.random, state: {} };
    expect(() => leNet().apply({} as never, tf.zeros([2, 3, 32, 32]), context)).toThrow(
      new RangeError("leNet: inputs must be [batch,32,32,3]; got [2,3,32,32]."),
    );
  });
});

interface Fixture {
  readonly inputs: Stored[string];
  readonly labels: Stored[string];
  readonly weights: Stored;
  readonly logits: Stored[string];
  readonly loss: number;
  readonly grads: Stored;
}

const names: Names = {
  "conv1.kernel": ["conv1.weight", conv2d],
  "conv1.bias": ["conv1.bias", same],
  "conv2.kernel": ["conv2.weight", conv2d],
  "conv2.bias": ["conv2.bias", same],
  "dense1.kernel": ["fc1.weight", denseAfter(16, 6, 6)],
  "dense1.bias": ["fc1.bias", same],
  "dense2.kernel": ["fc2.weight", dense],
  "dense2.bias": ["fc2.bias", same],
  "dense3.kernel": ["fc3.weight", dense],
  "dense3.bias": ["fc3.bias", same],
};

describe.skipIf(!hasFixtures)(
  "leNet computes what PyTorch does (fixtures beside the project)",
  () => {
    test.each(computations)("with %s", async (way) => {
      const stored = fixture<Fixture>("lenet");
      const expected = translated(stored.grads, names);
      const logits = restored(stored.logits);
      await computed(way, () => {
        const found = gradientsIn(leNet(), {
          parameters: translated(stored.weights, names),
          inputs: images(restored(stored.inputs)),
          state: {},
          loss: (outputs) => softmaxCrossEntropy(outputs, restored(stored.labels)),
        });
        expectSameNumbers({ loss: found.loss }, { loss: tf.scalar(stored.loss) });
        expectSameNumbers({ logits: found.outputs }, { logits });
        expectSameNumbers(found.gradients, expected);
      });
      expect(Object.keys(expected)).toHaveLength(8);
    });
  },
);
