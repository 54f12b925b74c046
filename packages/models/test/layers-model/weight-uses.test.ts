import { matrixView, type ParameterKind, planDecomposition } from "@muir/decompose";
import { fromLayersModel } from "@muir/models/layers";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, test } from "vitest";
import { exampleModels } from "./example-models.js";
import { modelsOfTests } from "./models-of-tests.js";

const made = modelsOfTests();

const example = (name: string) => made(exampleModels[name]!.build());

/** The parameters that can be shared, with what their kinds make of them. */
function sharedOf(model: tf.LayersModel, options = {}) {
  const architecture = fromLayersModel(model, options);
  if (!Object.values(architecture.parameters).some(({ kind }) => kind)) return {};
  const { shared } = planDecomposition([architecture], { block: [1, 1] });
  return Object.fromEntries(
    shared.map(({ parameter, matrices, rows, columns }) => [
      parameter,
      `${matrices} of ${rows} x ${columns}`,
    ]),
  );
}

describe("of the weights of a model, fromLayersModel", () => {
  test.each([
    ["dense", { "hidden.kernel": "1 of 4 x 5", "logits.kernel": "1 of 5 x 3" }],
    ["conv1d", { "conv.kernel": "2 of 3 x 4" }],
    ["conv2d", { "conv.kernel": "9 of 2 x 4", "dense.kernel": "1 of 8 x 2" }],
    ["transposed conv2d", { "conv.kernel": "4 of 2 x 3" }],
    [
      "separable conv2d",
      { "conv.depthwise_kernel": "1 of 2 x 4", "conv.pointwise_kernel": "1 of 2 x 3" },
    ],
    ["depthwise conv2d", { "conv.depthwise_kernel": "1 of 2 x 8" }],
    ["simpleRNN", { "rnn.kernel": "1 of 3 x 3", "rnn.recurrent_kernel": "1 of 3 x 3" }],
    [
      "lstm",
      {
        "first.kernel": "4 of 3 x 3",
        "first.recurrent_kernel": "4 of 3 x 3",
        "second.kernel": "4 of 3 x 2",
        "second.recurrent_kernel": "4 of 2 x 2",
      },
    ],
    ["gru", { "gru.kernel": "3 of 3 x 3", "gru.recurrent_kernel": "3 of 3 x 3" }],
    [
      "bidirectional",
      {
        "both.forward.kernel": "4 of 3 x 2",
        "both.forward.recurrent_kernel": "4 of 2 x 2",
        "both.backward.kernel": "4 of 3 x 2",
        "both.backward.recurrent_kernel": "4 of 2 x 2",
        "sum.forward.kernel": "3 of 4 x 2",
        "sum.forward.recurrent_kernel": "3 of 2 x 2",
        "sum.backward.kernel": "3 of 4 x 2",
        "sum.backward.recurrent_kernel": "3 of 2 x 2",
      },
    ],
    [
      "stacked cells",
      {
        "rnn.cell1.kernel": "4 of 3 x 2",
        "rnn.cell1.recurrent_kernel": "4 of 2 x 2",
        "rnn.cell2.kernel": "3 of 2 x 3",
        "rnn.cell2.recurrent_kernel": "3 of 3 x 3",
      },
    ],
    ["a layer at each step", { "each.kernel": "1 of 3 x 2" }],
    ["embedding", { "lstm.kernel": "4 of 3 x 2", "lstm.recurrent_kernel": "4 of 2 x 2" }],
    ["batch normalization", { "conv.kernel": "4 of 2 x 3" }],
    ["a shared layer", { "dense.kernel": "1 of 4 x 4" }], // once, though it is used three times
    [
      "a model in a model",
      {
        "first.kernel": "1 of 4 x 4",
        "inner.dense.kernel": "1 of 4 x 3",
        "last.kernel": "1 of 3 x 2",
      },
    ],
  ])("reads the kernels of a model with %s as matrices", (name, expected) => {
    expect(sharedOf(example(name))).toEqual(expected);
  });

  test("keeps private what it does not know, and says so", () => {
    const { parameters, weights } = fromLayersModel(example("a layer of one's own"));
    expect(parameters["factor.factor"]).toEqual({ shape: [3, 1], initial: { constant: 1 } });
    expect(weights.at(-1)).toMatchObject({
      name: "factor.factor",
      use: "private",
      why: "no kind known for factor of Factor",
    });
  });

  test("shares what it is told how to read", () => {
    const column: ParameterKind = (shape) =>
      matrixView({ factors: shape, stack: [], rows: [0], columns: [1] })(shape);
    const model = example("embedding");
    const kinds = { Embedding: { embeddings: column } };
    expect(sharedOf(model, { kinds })).toMatchObject({ "words.embeddings": "1 of 7 x 3" });
    expect(sharedOf(model, { kinds, include: ["words"] })).toEqual({
      "words.embeddings": "1 of 7 x 3",
    });
  });

  test("shares what is included and not excluded, by layer or by weight", () => {
    const model = example("bidirectional");
    const names = (options: object) => Object.keys(sharedOf(model, options));
    expect(names({ include: ["both"] })).toEqual([
      "both.forward.kernel",
      "both.forward.recurrent_kernel",
      "both.backward.kernel",
      "both.backward.recurrent_kernel",
    ]);
    expect(names({ include: ["both", "sum.forward"], exclude: ["both.backward"] })).toEqual([
      "both.forward.kernel",
      "both.forward.recurrent_kernel",
      "sum.forward.kernel",
      "sum.forward.recurrent_kernel",
    ]);
    const exclude = ({ weight, type }: { weight: string; type: string }) =>
      weight === "kernel" || type === "GRU";
    expect(names({ exclude })).toEqual([
      "both.forward.recurrent_kernel",
      "both.backward.recurrent_kernel",
    ]);
    expect(names({ include: () => false })).toEqual([]);
  });

  test("does not take one layer for another whose name goes on", () => {
    const model = made(
      tf.sequential({
        layers: ["dense", "dense_2"].map((name) =>
          tf.layers.dense({ name, units: 2, inputShape: [2] }),
        ),
      }),
    );
    expect(Object.keys(sharedOf(model, { include: ["dense"] }))).toEqual(["dense.kernel"]);
  });

  test("leaves private what starts constant, for what is generated starts random", () => {
    const model = made(
      tf.sequential({
        layers: [
          tf.layers.dense({ name: "zero", units: 2, inputShape: [2], kernelInitializer: "zeros" }),
        ],
      }),
    );
    expect(fromLayersModel(model).weights[0]).toMatchObject({
      use: "private",
      why: "starts constant, at 0",
    });
    const around = tf.initializers.randomNormal({ mean: 1, stddev: 0.02 } as never);
    const shifted = made(
      tf.sequential({
        layers: [tf.layers.dense({ units: 2, inputShape: [2], kernelInitializer: around })],
      }),
    );
    expect(fromLayersModel(shifted).weights[0]).toMatchObject({
      use: "private",
      why: "starts around 1, not around 0",
    });
  });
});
