import { planDecomposition } from "@muir/decompose";
import { type ModelState, wideResNet } from "@muir/models";
import { describeArchitecture } from "@muir/models/laws";
import { softmaxCrossEntropy } from "@muir/ops";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { computations, computed } from "./backends.js";
import { expectSameNumbers } from "./expect-same-numbers.js";
import { fixture, hasFixtures, restored, type Stored } from "./fixture.js";
import { gradientsIn } from "./gradients-in.js";
import { parameterCount } from "./parameter-count.js";
import { conv2d, dense, images, type Names, same, translated } from "./torch-layout.js";

const small = { depth: 10, inputShape: [8, 7, 2], filters: 2, classes: 3 } as const;
describeArchitecture(wideResNet(small));
describeArchitecture(wideResNet({ ...small, depth: 16, width: 2 }), { trials: 1 });

describe("wideResNet", () => {
  test("has the parameters that its README says", () => {
    expect(parameterCount(wideResNet())).toBe(585_850);
  });

  test("has the paper's 2268 blocks", () => {
    expect(planDecomposition([wideResNet()], { block: [16, 16] }).locations).toBe(2268);
  });

  test("shares every convolution but the first", () => {
    const shared = Object.entries(wideResNet({ depth: 10 }).parameters).filter(
      ([, { kind }]) => kind,
    );
    expect(shared.map(([name]) => name)).toEqual([
      "group1.block1.conv1.kernel",
      "group1.block1.conv2.kernel",
      "group2.block1.conv1.kernel",
      "group2.block1.conv2.kernel",
      "group2.block1.shortcut.kernel",
      "group3.block1.conv1.kernel",
      "group3.block1.conv2.kernel",
      "group3.block1.shortcut.kernel",
    ]);
  });

  test("is as wide as it is told", () => {
    const { name, parameters } = wideResNet({ depth: 28, width: 10 });
    expect(name).toBe("wrn-28-10");
    expect(parameters["group1.block1.shortcut.kernel"]!.shape).toEqual([3, 3, 16, 160]);
    expect(parameters["dense.kernel"]!.shape).toEqual([640, 10]);
  });

  test("moves its averages a tenth of the way to the batch's, and evaluates with them", () => {
    const architecture = wideResNet(small);
    const parameters = Object.fromEntries(
      Object.entries(architecture.parameters).map(([name, { shape }]) => [
        name,
        tf.ones([...shape]),
      ]),
    );
    const x = tf.randomUniform([4, 8, 7, 2], 0, 1, "float32", 1);
    const apply = (training: boolean, state: ModelState) =>
      architecture.apply(parameters, x, { training, random: Math.random, state });
    const before = architecture.initialState!(4);
    const { state } = apply(true, before);
    // the first normalization sees the first convolution, which has only ones: sums of 3 x 3 x 2
    const seen = tf.reshape(
      tf.conv2d(x as tf.Tensor4D, tf.ones([3, 3, 2, 2]), 1, "valid"),
      [-1, 2],
    );
    const { mean, variance } = tf.moments(seen, 0);
    const entries = seen.shape[0]!;
    expect(state["group1.block1.norm1.mean"]!).toBeCloseToTensor(tf.mul(mean, 0.1));
    expect(state["group1.block1.norm1.variance"]!).toBeCloseToTensor(
      tf.add(0.9, tf.mul(variance, (0.1 * entries) / (entries - 1))),
    );
    expect(apply(false, state).state).toEqual(state);
    expect(apply(false, state).outputs).not.toBeCloseToTensor(apply(false, before).outputs);
  });

  test("names state that is missing", () => {
    const context = { training: false, random: Math.random, state: {} };
    expect(() => wideResNet(small).apply({}, tf.zeros([3, 8, 7, 2]), context)).toThrow(
      new RangeError(
        "wideResNet: state group1.block1.norm1.mean must be [2]; got none. Start from initialState(3).",
      ),
    );
  });

  test("rejects a depth that is not 6 n + 4", () => {
    for (const depth of [4, 12, 41]) {
      expect(() => wideResNet({ depth })).toThrow(
        new RangeError(`wideResNet: depth must be 6 n + 4, as 10, 16 or 40; got ${depth}.`),
      );
    }
    expect(() => wideResNet({ inputShape: [2, 8, 3] })).toThrow(
      new RangeError("wideResNet: images must be at least 3 x 3; got 2 x 8."),
    );
    expect(() => wideResNet({ width: 0 })).toThrow(
      new RangeError("wideResNet: width must be a positive integer; got 0."),
    );
  });
});

interface Fixture {
  readonly inputs: Stored[string];
  readonly labels: Stored[string];
  readonly weights: Stored;
  readonly logits: Stored[string];
  readonly loss: number;
  readonly runningAfter: Stored;
  readonly evalLogits: Stored[string];
  readonly grads: Stored;
}

const blocks = [0, 1, 2].map((group) => ({
  ours: `group${group + 1}.block1`,
  theirs: `group${group}_block0`,
  shortcut: `group${group}_shortcut`,
}));
const norms = [
  ...blocks.flatMap(({ ours, theirs }) =>
    [1, 2].map((i) => [`${ours}.norm${i}`, `${theirs}_bn${i - 1}`] as const),
  ),
  ["norm", "final_bn"] as const,
];
const convolution = (ours: string, theirs: string): Names => ({
  [`${ours}.kernel`]: [`${theirs}.weight`, conv2d],
  [`${ours}.bias`]: [`${theirs}.bias`, same],
});
const names: Names = Object.assign(
  {},
  { "conv.kernel": ["conv0.weight", conv2d] },
  ...blocks.flatMap(({ ours, theirs, shortcut }) => [
    convolution(`${ours}.conv1`, `${theirs}_conv0`),
    convolution(`${ours}.conv2`, `${theirs}_conv1`),
    convolution(`${ours}.shortcut`, shortcut),
  ]),
  ...norms.map(([ours, theirs]) => ({
    [`${ours}.scale`]: [`${theirs}.weight`, same],
    [`${ours}.offset`]: [`${theirs}.bias`, same],
  })),
  { "dense.kernel": ["fc.weight", dense], "dense.bias": ["fc.bias", same] },
);
const averages: Names = Object.assign(
  {},
  ...norms.map(([ours, theirs]) => ({
    [`${ours}.mean`]: [`${theirs}.running_mean`, same],
    [`${ours}.variance`]: [`${theirs}.running_var`, same],
  })),
);

describe.skipIf(!hasFixtures)(
  "wideResNet computes what PyTorch does (fixtures beside the project)",
  () => {
    test.each(computations)("with %s", async (way) => {
      const architecture = wideResNet({ depth: 10 });
      const stored = fixture<Fixture>("wide-resnet");
      await computed(way, () => {
        const parameters = translated(stored.weights, names);
        const inputs = images(restored(stored.inputs));
        const found = gradientsIn(architecture, {
          parameters,
          inputs,
          state: translated(stored.weights, averages),
          loss: (outputs) => softmaxCrossEntropy(outputs, restored(stored.labels)),
        });
        expectSameNumbers({ loss: found.loss }, { loss: tf.scalar(stored.loss) });
        expectSameNumbers({ logits: found.outputs }, { logits: restored(stored.logits) });
        expectSameNumbers(found.state, translated(stored.runningAfter, averages));
        expectSameNumbers(found.gradients, translated(stored.grads, names));
        const context = { training: false, random: Math.random, state: found.state };
        const { outputs } = architecture.apply(parameters, inputs, context);
        expectSameNumbers({ outputs }, { outputs: restored(stored.evalLogits) });
      });
    });
  },
);
