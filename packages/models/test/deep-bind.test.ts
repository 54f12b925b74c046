import { planDecomposition } from "@muir/decompose";
import { deepBind } from "@muir/models";
import { describeArchitecture } from "@muir/models/laws";
import { normal } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { computations, computed } from "./backends.js";
import { expectSameNumbers } from "./expect-same-numbers.js";
import { fixture, hasFixtures, restored, type Stored } from "./fixture.js";
import { gradientsIn } from "./gradients-in.js";
import { parameterCount } from "./parameter-count.js";
import { conv1d, dense, type Names, same, translated } from "./torch-layout.js";

describeArchitecture(deepBind({ filters: 4, width: 3, length: 9 }));

describe("deepBind", () => {
  test("has the parameters that its README says", () => {
    expect(parameterCount(deepBind())).toBe(1_640_449);
  });

  test("has the paper's 6400 blocks", () => {
    expect(planDecomposition([deepBind()], { block: [16, 16] }).locations).toBe(6400);
  });

  test("shares the convolution and the first dense layer", () => {
    const { name, parameters } = deepBind({ filters: 128 });
    expect(name).toBe("deepbind-128");
    const shared = Object.entries(parameters).filter(([, { kind }]) => kind);
    expect(shared.map(([name, { shape }]) => [name, ...shape])).toEqual([
      ["conv.kernel", 24, 128, 128],
      ["dense1.kernel", 128, 128],
    ]);
  });

  test("starts with features of the size that its convolution is made for", () => {
    const { parameters } = deepBind();
    expect(parameters.embedding.initial).toEqual({ standardDeviation: 1 });
    expect(parameters["conv.kernel"].initial).toEqual({
      standardDeviation: Math.sqrt(2 / (24 * 256)),
    });
  });

  test("finds a motif wherever it is", () => {
    const architecture = deepBind({ filters: 4, width: 3, length: 9 });
    const parameters = Object.fromEntries(
      Object.entries(architecture.parameters).map(([name, { shape }], i) => [
        name,
        normal(shape, i),
      ]),
    ) as Parameters<typeof architecture.apply>[0];
    const apply = (symbols: number[]) =>
      architecture.apply(parameters, tf.tensor2d(symbols, [1, 9], "int32"), {
        training: false,
        random: Math.random,
        state: {},
      }).outputs;
    const around = [0, 0, 0];
    // the same windows of three, elsewhere
    expect(apply([...around, 1, 2, 3, ...around])).toBeCloseToTensor(
      apply([...around, 0, 1, 2, 3, 0, 0]),
    );
    expect(apply([...around, 1, 2, 3, ...around])).not.toBeCloseToTensor(
      apply([...around, 3, 2, 1, ...around]),
    );
  });

  test("rejects sequences shorter than its filters, and other inputs", () => {
    expect(() => deepBind({ length: 23 })).toThrow(
      new RangeError("deepBind: length must be at least width, or no filter fits; got 23 and 24."),
    );
    const context = { training: false, random: Math.random, state: {} };
    const apply = (inputs: tf.Tensor) => () => deepBind().apply({} as never, inputs, context);
    expect(apply(tf.zeros([2, 200], "int32"))).toThrow(
      new RangeError("deepBind: inputs must be [batch,201]; got [2,200]."),
    );
    expect(apply(tf.zeros([2, 201]))).toThrow(
      new TypeError("deepBind: inputs must be symbols from 0 to 4, int32; got float32."),
    );
  });
});

interface Fixture {
  readonly inputs: Stored[string];
  readonly targets: Stored[string];
  readonly weights: Stored;
  readonly outputs: Stored[string];
  readonly loss: number;
  readonly grads: Stored;
}

const names: Names = {
  embedding: ["embedding.weight", same],
  "conv.kernel": ["conv1.weight", conv1d],
  "conv.bias": ["conv1.bias", same],
  "dense1.kernel": ["fc1.weight", dense],
  "dense1.bias": ["fc1.bias", same],
  "dense2.kernel": ["fc2.weight", dense],
  "dense2.bias": ["fc2.bias", same],
};

describe.skipIf(!hasFixtures)(
  "deepBind computes what PyTorch does (fixtures beside the project)",
  () => {
    test.each(computations)("with %s", async (way) => {
      const stored = fixture<Fixture>("deepbind");
      await computed(way, () => {
        const found = gradientsIn(deepBind({ filters: 32, length: 41 }), {
          parameters: translated(stored.weights, names),
          inputs: restored(stored.inputs),
          state: {},
          loss: (outputs) => tf.losses.meanSquaredError(restored(stored.targets), outputs),
        });
        expectSameNumbers({ loss: found.loss }, { loss: tf.scalar(stored.loss) });
        expectSameNumbers({ outputs: found.outputs }, { outputs: restored(stored.outputs) });
        expectSameNumbers(found.gradients, translated(stored.grads, names));
      });
    });
  },
);
