import {
  assemble,
  assembleModel,
  conv2d,
  dense,
  dissect,
  planDecomposition,
} from "@muir/decompose";
import { countTensors, law, numbered, seeds } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exactBlocks, exactWeights, inner, numberedWeights, plans } from "./decompositions.js";

const zeroTolerance = { rtol: 0, atol: 0 };
const matrix = (shape: number[]) => ({ name: "net", parameters: { w: { shape, kind: dense } } });
const seeded = fc.record({ plan: plans(), seed: seeds() });

describe("assemble", () => {
  test("lays four 2 x 2 blocks out in rows of blocks", () => {
    const plan = planDecomposition([matrix([4, 4])], { block: [2, 2] });
    expect(assemble(numbered([4, 2, 2]), plan)["net"]!["w"]!.arraySync()).toEqual([
      [0, 1, 4, 5],
      [2, 3, 6, 7],
      [8, 9, 12, 13],
      [10, 11, 14, 15],
    ]);
  });

  test("discards what lies past the edges", () => {
    const plan = planDecomposition([matrix([3, 3])], { block: [2, 2] });
    expect(assemble(numbered([4, 2, 2]), plan)["net"]!["w"]!.arraySync()).toEqual([
      [0, 1, 4],
      [2, 3, 6],
      [8, 9, 12],
    ]);
  });

  law("gives back what dissect cut", plans(), (plan) => {
    const weights = numberedWeights(plan);
    const again = assemble(dissect(weights, plan), plan);
    expect(Object.keys(again)).toEqual(Object.keys(weights));
    for (const { model, parameter } of plan.shared) {
      const weight = weights[model]![parameter]!;
      expect(again[model]![parameter]).toBeCloseToTensor(weight, zeroTolerance);
    }
  });

  law("has dissect as its adjoint: <assemble(b), w> = <b, dissect(w)>", seeded, (given) => {
    const { plan, seed } = given;
    const blocks = exactBlocks(plan, seed);
    const weights = exactWeights(plan, seed + 1);
    const overBlocks = tf.sum(tf.mul(blocks, dissect(weights, plan)));
    expect(inner(assemble(blocks, plan), weights)).toBeCloseToTensor(overBlocks, zeroTolerance);
  });

  law("has dissect as its gradient", seeded, ({ plan, seed }) => {
    const weights = exactWeights(plan, seed);
    const gradient = tf.grad((blocks) => inner(assemble(blocks, plan), weights));
    expect(gradient(exactBlocks(plan, seed + 1))).toBeCloseToTensor(
      dissect(weights, plan),
      zeroTolerance,
    );
  });

  law("leaves behind the weights it returns and nothing else", plans(), (plan) => {
    const blocks = exactBlocks(plan, 1);
    expect(countTensors(() => assemble(blocks, plan))).toBe(plan.shared.length);
    expect(blocks.isDisposed).toBe(false);
  });

  law("returns tensors that can be disposed while the blocks live on", plans(), (plan) => {
    const blocks = exactBlocks(plan, 1);
    const before = Array.from(blocks.dataSync());
    tf.dispose(assemble(blocks, plan));
    expect(Array.from(blocks.dataSync())).toEqual(before);
  });

  law("never gives two weights one memory", plans(), (plan) => {
    const weights = Object.values(assemble(exactBlocks(plan, 1), plan)).flatMap(Object.values);
    expect(new Set(weights.map(({ dataId }) => dataId)).size).toBe(weights.length);
  });

  test("gives a model without shared parameters no weights", () => {
    const plan = planDecomposition([{ name: "own", parameters: { w: { shape: [3] } } }], {
      block: [2, 2],
    });
    expect(assemble(tf.zeros([0, 2, 2]), plan)).toEqual({ own: {} });
  });

  test("rejects blocks of another number or size", () => {
    const plan = planDecomposition([matrix([4, 4])], { block: [2, 2] });
    expect(() => assemble(tf.zeros([5, 2, 2]), plan)).toThrow(
      new RangeError("assemble: blocks must be [locations, m, n] = [4,2,2]; got [5,2,2]."),
    );
    expect(() => assembleModel(tf.zeros([4, 4]), plan, "net")).toThrow(
      "assembleModel: blocks must be [locations, m, n] = [4,2,2]; got [4,4].",
    );
  });
});

describe("assembleModel", () => {
  law("gives what assemble gives that model", plans(), (plan) => {
    const blocks = numbered([plan.locations, ...plan.block]);
    const all = assemble(blocks, plan);
    for (const { name } of plan.models) {
      const weights = assembleModel(blocks, plan, name);
      expect(Object.keys(weights)).toEqual(Object.keys(all[name]!));
      for (const [parameter, weight] of Object.entries(weights)) {
        expect(weight).toBeCloseToTensor(all[name]![parameter]!, zeroTolerance);
      }
    }
  });

  law("sends its gradient to the model's own blocks alone", seeded, ({ plan, seed }) => {
    const weights = exactWeights(plan, seed);
    const { name } = plan.models[0]!; // the one that surely shares
    const own = { [name]: weights[name]! };
    const gradient = tf.grad((blocks) => inner({ [name]: assembleModel(blocks, plan, name) }, own));
    const others = plan.shared.filter(({ model }) => model !== name);
    const silenced = { ...weights };
    for (const { model, parameter, shape } of others) {
      silenced[model] = { ...silenced[model], [parameter]: tf.zeros([...shape]) };
    }
    expect(gradient(exactBlocks(plan, seed + 1))).toBeCloseToTensor(
      dissect(silenced, plan),
      zeroTolerance,
    );
  });

  law("leaves behind the weights it returns and nothing else", plans(), (plan) => {
    const blocks = exactBlocks(plan, 1);
    for (const { name } of plan.models) {
      const owned = plan.shared.filter(({ model }) => model === name).length;
      expect(countTensors(() => assembleModel(blocks, plan, name))).toBe(owned);
    }
  });

  test("takes the second of two models from behind the first", () => {
    const models = ["a", "b"].map((name) => ({ ...matrix([2, 2]), name }));
    const plan = planDecomposition(models, { block: [2, 2] });
    expect(assembleModel(numbered([2, 2, 2]), plan, "b")["w"]!.arraySync()).toEqual([
      [4, 5],
      [6, 7],
    ]);
  });

  test("rejects a model that the plan does not have", () => {
    const plan = planDecomposition([matrix([4, 4])], { block: [2, 2] });
    expect(() => assembleModel(tf.zeros([4, 2, 2]), plan, "other")).toThrow(
      'model must be one of the plan\'s, "net"; got "other"',
    );
  });
});

describe("the cost of assembling", () => {
  const kernels = async (
    models: Parameters<typeof planDecomposition>[0],
    block: [number, number],
  ) => {
    const plan = planDecomposition(models, { block });
    const { kernels } = await tf.profile(() => {
      assemble(tf.zeros([plan.locations, ...block]), plan);
      return tf.scalar(0);
    });
    return kernels.map(({ name }) => name).filter((name) => name !== "Fill");
  };
  const conv = { shape: [3, 3, 2, 2], kind: conv2d };
  const columns = { shape: [4, 2], kind: dense };

  test.each([
    { cost: ["Reshape"], of: "one parameter that blocks tile", parameters: { conv } },
    {
      cost: ["SplitV", "Reshape", "Reshape"],
      of: "two parameters that blocks tile",
      parameters: { conv, columns },
    },
    {
      cost: ["Reshape", "Transpose", "Reshape"],
      of: "one parameter with several blocks in a row",
      parameters: { w: { shape: [4, 4], kind: dense } },
    },
    {
      cost: ["Reshape", "Slice", "Reshape"],
      of: "one parameter with overflow",
      parameters: { w: { shape: [3, 2], kind: dense } },
    },
  ])("is $cost for $of", async ({ cost, parameters }) => {
    expect(await kernels([{ name: "net", parameters }], [2, 2])).toEqual(cost);
  });
});
