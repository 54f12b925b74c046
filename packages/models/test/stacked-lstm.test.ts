import { planDecomposition } from "@muir/decompose";
import { stackedLstm } from "@muir/models";
import { describeArchitecture } from "@muir/models/laws";
import { softmaxCrossEntropy } from "@muir/ops";
import { countTensors, normal } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { computations, computed } from "./backends.js";
import { expectSameNumbers } from "./expect-same-numbers.js";
import { fixture, hasFixtures, restored, type Stored } from "./fixture.js";
import { gradientsIn } from "./gradients-in.js";
import { parameterCount } from "./parameter-count.js";
import { dense, type Layout, type Names, same, translated } from "./torch-layout.js";

const small = { vocabulary: 6, time: 4, units: 3 };
describeArchitecture(stackedLstm(small));
describeArchitecture(stackedLstm({ ...small, layers: 1, tied: false, embedding: 2, dropout: 0 }));

const drawn = (architecture: ReturnType<typeof stackedLstm>) =>
  Object.fromEntries(
    Object.entries(architecture.parameters).map(([name, { shape }], i) => [name, normal(shape, i)]),
  );

describe("stackedLstm", () => {
  test("has the parameters that its README says", () => {
    expect(parameterCount(stackedLstm())).toBe(9_603_070);
  });

  test("has the paper's 4096 blocks, four matrices in each kernel", () => {
    const plan = planDecomposition([stackedLstm()], { block: [16, 16] });
    expect(plan.locations).toBe(4096);
    expect(plan.shared.map(({ parameter, grid }) => [parameter, ...grid])).toEqual([
      ["lstm1.kernel", 4, 16, 16],
      ["lstm1.recurrent", 4, 16, 16],
      ["lstm2.kernel", 4, 16, 16],
      ["lstm2.recurrent", 4, 16, 16],
    ]);
  });

  test("starts with standard deviation 1 / sqrt(units)", () => {
    const { parameters } = stackedLstm();
    for (const name of ["embedding", "lstm1.kernel", "lstm2.recurrent"]) {
      expect(parameters[name]!.initial).toEqual({ standardDeviation: 1 / 16 });
    }
    expect(parameters["lstm1.bias"]!.initial).toEqual({ constant: 0 });
  });

  test("goes on where a window of the stream ended", () => {
    const [whole, half] = [stackedLstm({ ...small, time: 6 }), stackedLstm({ ...small, time: 3 })];
    const parameters = drawn(whole);
    const tokens = tf.tensor2d([0, 1, 2, 3, 4, 5, 5, 5, 1, 0, 2, 2], [2, 6], "int32");
    const context = { training: false, random: Math.random };
    const apply = (part: tf.Tensor, state = half.initialState!(2)) =>
      half.apply(parameters, part, { ...context, state });
    const first = apply(tf.slice(tokens, [0, 0], [2, 3]));
    const second = apply(tf.slice(tokens, [0, 3], [2, 3]), first.state);
    const state = whole.initialState!(2);
    expect(tf.concat([first.outputs, second.outputs], 1)).toBeCloseToTensor(
      whole.apply(parameters, tokens, { ...context, state }).outputs,
    );
  });

  test("drops words and outputs in training alone", () => {
    const draws = (training: boolean) => {
      let count = 0;
      const architecture = stackedLstm(small);
      const random = () => {
        count++;
        return 0.5;
      };
      const state = architecture.initialState!(2);
      architecture.apply(drawn(architecture), tf.zeros([2, 4], "int32"), {
        training,
        random,
        state,
      });
      return count;
    };
    expect(draws(false)).toBe(0);
    expect(draws(true)).toBe(3 * 2 * 4 * 3); // embedded words and two layers, [batch, time, units] each
  });

  test("makes one tensor of the size of its outputs", async () => {
    const architecture = stackedLstm({ ...small, vocabulary: 50, dropout: 0 });
    const parameters = drawn(architecture);
    const tokens = tf.zeros([2, 4], "int32");
    const context = { training: true, random: Math.random, state: architecture.initialState!(2) };
    const { kernels } = await tf.profile(() => ({
      ...architecture.apply(parameters, tokens, context),
    }));
    const large = kernels.filter(({ outputShapes }) =>
      outputShapes.some((shape) => shape && tf.util.sizeFromShape(shape) === 2 * 4 * 50),
    );
    const isKernel = (name: string) => name !== "Reshape" && tf.getKernel(name, "cpu") != null;
    expect(large.map(({ name }) => name).filter(isKernel)).toEqual(["_FusedMatMul"]);
  });

  test("rejects sizes, state and inputs that do not fit", () => {
    expect(() => stackedLstm({ embedding: 100 })).toThrow(
      new RangeError(
        "stackedLstm: embedding must be as large as units, 256, where it is tied; got 100. Set tied to false.",
      ),
    );
    expect(() => stackedLstm({ dropout: 1 })).toThrow(
      new RangeError("stackedLstm: dropout must be at least 0 and less than 1; got 1."),
    );
    const architecture = stackedLstm(small);
    const context = { training: false, random: Math.random };
    const parameters = drawn(architecture);
    const apply = (tokens: tf.Tensor, state = architecture.initialState!(2)) =>
      architecture.apply(parameters, tokens, { ...context, state });
    expect(() => apply(tf.zeros([3, 4], "int32"))).toThrow(
      new RangeError(
        "stackedLstm: state lstm1.hidden must be [3,3]; got [2,3]. Start from initialState(3).",
      ),
    );
    expect(() => apply(tf.zeros([2, 4], "int32"), {})).toThrow(
      "must be [2,3]; got none. Start from",
    );
    expect(() => apply(tf.zeros([2, 4]))).toThrow(
      new TypeError("stackedLstm: inputs must be symbols from 0 to 5, int32; got float32."),
    );
    const unknown = tf.fill([2, 4], 6, "int32");
    expect(countTensors(() => expect(() => apply(unknown)).toThrow("got 6 at flat index 0"))).toBe(
      4,
    );
  });
});

interface Fixture {
  readonly tokens: Stored[string];
  readonly targets: Stored[string];
  readonly h0: Stored[string];
  readonly c0: Stored[string];
  readonly weights: Stored;
  readonly logits: Stored[string];
  readonly loss: number;
  readonly hn: Stored[string];
  readonly cn: Stored[string];
  readonly grads: Stored;
}

const names: Names = {
  embedding: ["embedding", same],
  "lstm1.kernel": ["weight_ih_l0", dense],
  "lstm1.recurrent": ["weight_hh_l0", dense],
  "lstm1.bias": ["bias_ih_l0", same],
  "lstm2.kernel": ["weight_ih_l1", dense],
  "lstm2.recurrent": ["weight_hh_l1", dense],
  "lstm2.bias": ["bias_ih_l1", same],
  "softmax.bias": ["decoderBias", same],
};
/** PyTorch adds two biases where we have one. */
const secondBiases: Names = {
  "lstm1.bias": ["bias_hh_l0", same],
  "lstm2.bias": ["bias_hh_l1", same],
};
/** `[time, batch]`. */
const stream: Layout = (tensor) => tf.transpose(tensor);

/** The state of both layers, from `[layers, batch, units]`. */
function layered(hidden: tf.Tensor, cell: tf.Tensor): Record<string, tf.Tensor> {
  const layers = tf.unstack(hidden).map((layer, i) => ({
    [`lstm${i + 1}.hidden`]: layer,
    [`lstm${i + 1}.cell`]: tf.unstack(cell)[i]!,
  }));
  return Object.assign({}, ...layers);
}

describe.skipIf(!hasFixtures)(
  "stackedLstm computes what PyTorch does (fixtures beside the project)",
  () => {
    test.each(computations)("with %s", async (way) => {
      const architecture = stackedLstm({ vocabulary: 50, time: 7, units: 32, dropout: 0 });
      const stored = fixture<Fixture>("stacked-lstm");
      await computed(way, () => {
        const parameters = translated(stored.weights, names);
        for (const [name, bias] of Object.entries(translated(stored.weights, secondBiases))) {
          parameters[name] = tf.add(parameters[name]!, bias);
        }
        const targets = tf.reshape(stream(restored(stored.targets)), [-1]);
        const found = gradientsIn(architecture, {
          parameters,
          inputs: stream(restored(stored.tokens)),
          state: layered(restored(stored.h0), restored(stored.c0)),
          loss: (outputs) => softmaxCrossEntropy(tf.reshape(outputs, [21, 50]), targets),
        });
        const rows = tf.reshape(restored(stored.logits), [7, 3, 50]);
        expectSameNumbers({ loss: found.loss }, { loss: tf.scalar(stored.loss) });
        expectSameNumbers({ logits: found.outputs }, { logits: tf.transpose(rows, [1, 0, 2]) });
        expectSameNumbers(found.state, layered(restored(stored.hn), restored(stored.cn)));
        expectSameNumbers(found.gradients, translated(stored.grads, names));
        expectSameNumbers(found.gradients, translated(stored.grads, secondBiases));
      });
    });
  },
);
