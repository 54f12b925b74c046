import { formatPlan, planDecomposition } from "@muir/decompose";
import { formatLayersModel, fromLayersModel } from "@muir/models/layers";
import { countTensors } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, test } from "vitest";
import { exampleModels } from "./example-models.js";
import { modelsOfTests } from "./models-of-tests.js";

const made = modelsOfTests();

const example = (name: string) => made(exampleModels[name]!.build());

/** Two dense layers and a normalization. */
const classifier = () =>
  made(
    tf.sequential({
      name: "classifier",
      layers: [
        tf.layers.dense({ name: "hidden", units: 3, inputShape: [4] }),
        tf.layers.batchNormalization({ name: "norm" }),
        tf.layers.dense({ name: "logits", units: 2 }),
      ],
    }),
  );

describe("fromLayersModel", () => {
  test("names weights after their layers, and says what becomes of each", () => {
    expect(formatLayersModel(fromLayersModel(classifier(), { exclude: ["logits"] }))).toBe(
      `classifier: 1 of 8 weights shared, 12 of 35 numbers

weight                shape   layer               use      why
hidden.kernel         [4, 3]  Dense               shared   read as dense
hidden.bias           [3]     Dense               private  no matrix
norm.gamma            [3]     BatchNormalization  private  no matrix
norm.beta             [3]     BatchNormalization  private  no matrix
norm.moving_mean      [3]     BatchNormalization  state    not trained
norm.moving_variance  [3]     BatchNormalization  state    not trained
logits.kernel         [3, 2]  Dense               private  excluded
logits.bias           [2]     Dense               private  no matrix`,
    );
  });

  test("has shapes and starts of the model's", () => {
    const { name, inputShape, outputShape, tasks, parameters } = fromLayersModel(classifier());
    expect({ name, inputShape, outputShape, tasks }).toEqual({
      name: "classifier",
      inputShape: [4],
      outputShape: [2],
      tasks: 1,
    });
    expect(parameters["norm.gamma"]).toEqual({ shape: [3], initial: { constant: 1 } });
    expect(parameters["hidden.kernel"]).toMatchObject({
      shape: [4, 3],
      initial: { standardDeviation: Math.sqrt(2 / 7) }, // Glorot
    });
  });

  test("makes state of what the model does not train", () => {
    const model = classifier();
    model.getLayer("hidden").trainable = false;
    const { parameters, initialState } = fromLayersModel(model);
    expect(Object.keys(parameters)).toEqual([
      "norm.gamma",
      "norm.beta",
      "logits.kernel",
      "logits.bias",
    ]);
    const state = initialState!(1);
    expect(Object.keys(state)).toEqual([
      "hidden.kernel",
      "hidden.bias",
      "norm.moving_mean",
      "norm.moving_variance",
    ]);
    expect(state["hidden.kernel"]!).toBeCloseToTensor(model.getLayer("hidden").getWeights()[0]!);
  });

  test("declares the symbols of a model that begins with an embedding", () => {
    const architecture = fromLayersModel(example("embedding"));
    expect(architecture.symbols).toBe(7);
    const context = { training: false, random: Math.random, state: {} };
    expect(() => architecture.apply({}, tf.zeros([3, 4]), context)).toThrow(
      new TypeError("example: inputs must be symbols from 0 to 6, int32; got float32."),
    );
    expect(fromLayersModel(example("dense")).symbols).toBeUndefined();
  });

  test("takes sizes that the model leaves open from its options", () => {
    const model = made(
      tf.sequential({
        name: "open",
        layers: [
          tf.layers.lstm({ name: "lstm", units: 2, returnSequences: true, inputShape: [null, 3] }),
        ],
      }),
    );
    const { inputShape, outputShape } = fromLayersModel(model, { inputShape: [5, 3] });
    expect([inputShape, outputShape]).toEqual([
      [5, 3],
      [5, 2],
    ]);
    const named = fromLayersModel(model, { inputShape: { lstm_input: [6, 3] } });
    expect(named.outputShape).toEqual([6, 2]);
    for (const [given, got] of [
      [undefined, "any,3"],
      [[5, 4], "5,4"],
      [[5], "5"],
      [[0, 3], "0,3"],
    ] as const) {
      expect(() => fromLayersModel(model, given && { inputShape: given })).toThrow(
        new RangeError(
          `fromLayersModel: input "lstm_input" of "open" must have a shape that fits [any,3], each size a positive integer; got [${got}]. Give it in inputShape.`,
        ),
      );
    }
    expect(() => fromLayersModel(model, { inputShape: { lstm_inptu: [5, 3] } })).toThrow(
      'fromLayersModel: inputShape must name inputs of "open"; got "lstm_inptu"; did you mean "lstm_input"?',
    );
  });

  test("says where each of several inputs and outputs has its place", () => {
    const { inputs, outputs, ...joined } = fromLayersModel(example("several inputs and outputs"));
    expect(inputs).toEqual([
      { name: "picture", shape: [6, 5, 2], dtype: "float32", first: 0, size: 60 },
      { name: "word", shape: [1], dtype: "int32", first: 60, size: 1 },
    ]);
    expect(outputs).toEqual([
      { name: "grid", shape: [2, 3], dtype: "float32", first: 0, size: 6 },
      { name: "value", shape: [1], dtype: "float32", first: 6, size: 1 },
    ]);
    expect([joined.inputShape, joined.outputShape]).toEqual([[61], [7]]);
  });

  test("has a plan like any other architecture", () => {
    const architecture = fromLayersModel(classifier(), { name: "of a model" });
    expect(formatPlan(planDecomposition([architecture], { block: [2, 2] }))).toContain(
      "of a model  hidden.kernel  [4, 3]  1 of 4 x 3  2 x 2               4  0..3",
    );
  });

  test("says what is not carried over", () => {
    const model = made(
      tf.sequential({
        layers: [
          tf.layers.lstm({ name: "lstm", units: 2, inputShape: [3, 2], unitForgetBias: true }),
          tf.layers.dropout({ name: "dropout", rate: 0.5, seed: 3 }),
          tf.layers.dense({
            name: "dense",
            units: 2,
            kernelRegularizer: "l1l2",
            biasConstraint: "nonNeg",
          }),
        ],
      }),
    );
    const architecture = fromLayersModel(model);
    expect(architecture.notes).toEqual([
      "lstm: the bias starts at 0, also that of the forget gate, which the model starts at 1",
      "dropout: drops the same entries in every step, since it was made with a seed",
      "dense: kernelRegularizer is not applied; a loss of the task may hold it",
      "dense: biasConstraint is not applied",
    ]);
    expect(formatLayersModel(architecture)).toContain(architecture.notes.join("\n"));
  });

  test("makes no tensor", () => {
    const model = classifier();
    expect(countTensors(() => fromLayersModel(model))).toBe(0);
  });
});

describe("fromLayersModel rejects", () => {
  test("a choice that names no layer, naming the nearest", () => {
    const model = classifier();
    expect(() => fromLayersModel(model, { include: ["hiden"] })).toThrow(
      new RangeError(
        'fromLayersModel: include must name layers of "classifier"; got "hiden"; did you mean "hidden"?',
      ),
    );
    expect(() => fromLayersModel(model, { exclude: ["softmax"] })).toThrow(
      'exclude must name layers of "classifier"; got "softmax". There are "hidden", "norm", "logits".',
    );
  });

  test("an included layer that has nothing to share", () => {
    expect(() => fromLayersModel(classifier(), { include: ["hidden", "norm"] })).toThrow(
      new RangeError(
        'fromLayersModel: include must name layers with weights to share; got "norm" (norm.gamma: no matrix; norm.beta: no matrix; norm.moving_mean: not trained; norm.moving_variance: not trained). Leave it out, or say in kinds how its weights are read.',
      ),
    );
  });

  test("what is no model, or has no layers", () => {
    expect(() => fromLayersModel({} as tf.LayersModel)).toThrow(
      new TypeError(
        "fromLayersModel: model must be a tf.LayersModel with layers, inputs and outputs; got something else. A tf.GraphModel has its weights in its graph and cannot be used.",
      ),
    );
    expect(() => fromLayersModel(tf.sequential())).toThrow("got one without layers");
  });

  test("parameters and inputs that do not fit, when applied", () => {
    const architecture = fromLayersModel(classifier());
    const context = { training: false, random: Math.random, state: {} };
    const apply = (parameters: Record<string, tf.Tensor>, x = tf.zeros([3, 4])) =>
      architecture.apply(parameters, x, context);
    expect(() => apply({}, tf.zeros([3, 5]))).toThrow(
      "classifier: inputs must be [batch,4]; got [3,5].",
    );
    expect(() => apply({})).toThrow(
      new RangeError("classifier: parameter hidden.kernel must be [4,3]; got none."),
    );
    expect(() => apply({ "hidden.kernel": tf.zeros([3, 4]) })).toThrow("got [3,4].");
    const parameters = Object.fromEntries(
      Object.entries(architecture.parameters).map(([name, { shape }]) => [
        name,
        tf.zeros([...shape]),
      ]),
    );
    expect(() => apply(parameters)).toThrow(
      "classifier: state norm.moving_mean must be [3]; got none. Start from initialState(3).",
    );
  });
});
