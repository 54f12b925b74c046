import {
  assemble,
  conv2d,
  dense,
  dissect,
  dissectModel,
  lstm,
  modelLocations,
  planDecomposition,
} from "@muir/decompose";
import { countTensors, law, numbered, seeds } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  blocksEntryByEntry,
  exactBlocks,
  exactWeights,
  inner,
  numberedWeights,
  plans,
} from "./decompositions.js";

const zeroTolerance = { rtol: 0, atol: 0 };
const net = (parameters: Parameters<typeof planDecomposition>[0][0]["parameters"]) =>
  planDecomposition([{ name: "net", parameters }], { block: [2, 2] });

describe("dissect", () => {
  test("cuts a 3 x 3 matrix into four blocks with zeros past its edges", () => {
    const plan = net({ w: { shape: [3, 3], kind: dense } });
    const weights = { net: { w: tf.tensor([1, 2, 3, 4, 5, 6, 7, 8, 9], [3, 3]) } };
    expect(dissect(weights, plan).arraySync()).toEqual([
      [
        [1, 2],
        [4, 5],
      ],
      [
        [3, 0],
        [6, 0],
      ],
      [
        [7, 8],
        [0, 0],
      ],
      [
        [9, 0],
        [0, 0],
      ],
    ]);
  });

  test("takes the gates of an LSTM one after the other", () => {
    const plan = net({ w: { shape: [2, 8], kind: lstm } });
    const blocks = dissect({ net: { w: numbered([2, 8]) } }, plan);
    expect(blocks.arraySync()).toEqual([
      [
        [0, 1],
        [8, 9],
      ],
      [
        [2, 3],
        [10, 11],
      ],
      [
        [4, 5],
        [12, 13],
      ],
      [
        [6, 7],
        [14, 15],
      ],
    ]);
  });

  law("puts every entry in one place, and zeros everywhere else", plans(), (plan) => {
    const weights = numberedWeights(plan);
    const expected = blocksEntryByEntry(weights, plan);
    const blocks = dissect(weights, plan);
    expect(blocks.shape).toEqual([plan.locations, ...plan.block]);
    expect(blocks.dataSync()).toEqual(expected);
    const zeros = expected.filter((entry) => entry === 0).length;
    expect(zeros).toBe(plan.shared.reduce((sum, { discarded }) => sum + discarded, 0));
  });

  const seeded = fc.record({ plan: plans(), seed: seeds() });
  law("has assemble as its gradient", seeded, ({ plan, seed }) => {
    const blocks = exactBlocks(plan, seed);
    const { model, parameter } = plan.shared[0]!;
    const weights = exactWeights(plan, seed + 1);
    const gradient = tf.grad((weight) => {
      const others = { ...weights, [model]: { ...weights[model], [parameter]: weight } };
      return tf.sum(tf.mul(dissect(others, plan), blocks));
    });
    expect(gradient(weights[model]![parameter]!)).toBeCloseToTensor(
      assemble(blocks, plan)[model]![parameter]!,
      zeroTolerance,
    );
  });

  law("leaves behind one tensor, and the weights untouched", plans(), (plan) => {
    const weights = numberedWeights(plan);
    const before = inner(weights, weights);
    expect(countTensors(() => tf.dispose(dissect(weights, plan)))).toBe(0);
    expect(countTensors(() => dissect(weights, plan))).toBe(1);
    expect(inner(weights, weights)).toBeCloseToTensor(before, zeroTolerance);
  });

  test("gives no blocks where nothing is shared", () => {
    expect(dissect({}, net({ bias: { shape: [3] } })).shape).toEqual([0, 2, 2]);
  });

  test("does not look at private parameters", () => {
    const plan = net({ w: { shape: [2, 2], kind: dense }, bias: { shape: [2] } });
    const w = numbered([2, 2]);
    const without = dissect({ net: { w } }, plan);
    expect(dissect({ net: { w, bias: tf.ones([2]) } }, plan)).toBeCloseToTensor(without);
  });

  test("names the parameter that is missing or has another shape", () => {
    const plan = net({ w: { shape: [4, 2], kind: dense } });
    expect(() => dissect({ net: {} }, plan)).toThrow(
      new RangeError(
        'dissect: parameter "w" of model "net" must be [4,2]; it is missing from the weights.',
      ),
    );
    expect(() => dissect({}, plan)).toThrow('parameter "w" of model "net" must be [4,2]');
    expect(() => dissect({ net: { w: tf.zeros([2, 4]) } }, plan)).toThrow(
      'dissect: parameter "w" of model "net" must be [4,2]; got [2,4].',
    );
  });
});

describe("dissectModel", () => {
  law("gives that model's blocks of what dissect gives", plans(), (plan) => {
    const weights = numberedWeights(plan);
    const all = dissect(weights, plan);
    for (const { name } of plan.models) {
      const { first, count } = modelLocations(plan, name);
      expect(dissectModel(weights[name]!, plan, name)).toBeCloseToTensor(
        tf.slice(all, first, count),
        zeroTolerance,
      );
    }
  });

  law("leaves behind one tensor", plans(), (plan) => {
    const weights = numberedWeights(plan);
    for (const { name } of plan.models) {
      expect(countTensors(() => dissectModel(weights[name]!, plan, name))).toBe(1);
    }
  });

  test("cuts the positions of a convolution one after the other", () => {
    const plan = net({ w: { shape: [1, 2, 2, 2], kind: conv2d } });
    expect(dissectModel({ w: numbered([1, 2, 2, 2]) }, plan, "net").arraySync()).toEqual([
      [
        [0, 1],
        [2, 3],
      ],
      [
        [4, 5],
        [6, 7],
      ],
    ]);
  });

  test("names the parameter that is missing and the model that the plan does not have", () => {
    const plan = net({ w: { shape: [4, 2], kind: dense } });
    expect(() => dissectModel({}, plan, "net")).toThrow(
      'dissectModel: parameter "w" of model "net" must be [4,2]; it is missing from the weights.',
    );
    expect(() => dissectModel({}, plan, "other")).toThrow('"net"; got "other"');
  });
});

describe("the cost of dissecting", () => {
  const conv = { shape: [3, 3, 2, 2], kind: conv2d };
  const columns = { shape: [4, 2], kind: dense };

  test.each([
    { cost: ["Reshape"], of: "one parameter that blocks tile", parameters: { conv } },
    {
      cost: ["Reshape", "Reshape", "Concat"],
      of: "two parameters that blocks tile",
      parameters: { conv, columns },
    },
    {
      cost: ["Reshape", "Transpose", "Reshape"],
      of: "one parameter with several blocks in a row",
      parameters: { w: { shape: [4, 4], kind: dense } },
    },
    {
      cost: ["PadV2", "Reshape"],
      of: "one parameter with overflow",
      parameters: { w: { shape: [3, 2], kind: dense } },
    },
  ])("is $cost for $of", async ({ cost, parameters }) => {
    const plan = net(parameters);
    const weights = numberedWeights(plan);
    const { kernels } = await tf.profile(() => dissect(weights, plan));
    expect(kernels.map(({ name }) => name)).toEqual(cost);
  });
});
