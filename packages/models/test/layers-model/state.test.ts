import { fromLayersModel, modelWeights } from "@muir/models/layers";
import { law, normal, seeds } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { modelsOfTests } from "./models-of-tests.js";

const made = modelsOfTests();

const random = Math.random;

/** Stateful layers of several kinds, for batches of two sequences of three steps. */
const stream = () =>
  made(
    tf.sequential({
      name: "stream",
      layers: [
        tf.layers.lstm({
          name: "lstm",
          units: 2,
          stateful: true,
          returnSequences: true,
          batchInputShape: [2, 3, 4],
        }),
        tf.layers.bidirectional({
          name: "both",
          layer: tf.layers.gru({ units: 2, stateful: true, returnSequences: true }) as tf.RNN,
        }),
        tf.layers.simpleRNN({ name: "rnn", units: 1, stateful: true }),
      ],
    }),
  );

const normalized = (options: object) =>
  made(
    tf.sequential({
      name: "normalized",
      layers: [tf.layers.batchNormalization({ name: "norm", inputShape: [3], ...options })],
    }),
  );

describe("moving averages", () => {
  test("start where the model has them", () => {
    const model = normalized({ movingMeanInitializer: "ones" });
    const state = fromLayersModel(model).initialState!(1);
    expect(state["norm.moving_mean"]!.arraySync()).toEqual([1, 1, 1]);
    expect(state["norm.moving_variance"]!.arraySync()).toEqual([1, 1, 1]);
  });

  test("are moved by a batch in training, and by nothing when evaluating", () => {
    const architecture = fromLayersModel(normalized({ momentum: 0.75 }));
    const parameters = modelWeights(architecture);
    const state = architecture.initialState!(2);
    const x = tf.tensor2d([1, 2, 3, 5, 6, 7], [2, 3]); // means 3, 4, 5; variances 4
    const trained = architecture.apply(parameters, x, { training: true, random, state });
    expect(trained.state["norm.moving_mean"]!).toBeCloseToTensor(tf.tensor1d([0.75, 1, 1.25]));
    expect(trained.state["norm.moving_variance"]!).toBeCloseToTensor(tf.fill([3], 1.75));
    const evaluated = architecture.apply(parameters, x, { training: false, random, state });
    expect(evaluated.state).toEqual(state);
  });

  // TensorFlow.js by itself reads a scale in training that is not there, and throws
  law(
    "are the same without scale or offset, in training too",
    fc.tuple(fc.boolean(), fc.boolean(), seeds()),
    ([scale, center, seed]) =>
      tf.tidy(() => {
        const x = normal([4, 3], seed);
        const [bare, full] = [{ scale, center }, {}].map((options) => {
          const model = normalized(options);
          const architecture = fromLayersModel(model);
          const state = architecture.initialState!(4);
          const context = { training: true, random, state };
          return architecture.apply(modelWeights(architecture), x, context);
        });
        expect(bare!.outputs).toBeCloseToTensor(full!.outputs); // scale starts at 1, offset at 0
        expect(bare!.state["norm.moving_mean"]!).toBeCloseToTensor(
          full!.state["norm.moving_mean"]!,
        );
      }),
    { runs: 20 },
  );
});

describe("stateful recurrent layers", () => {
  test("stream what they carry, from zero", () => {
    const { streamed, initialState } = fromLayersModel(stream());
    expect(streamed).toEqual([
      "lstm.state1",
      "lstm.state2",
      "both.forward.state1",
      "both.backward.state1",
      "rnn.state1",
    ]);
    const state = initialState!(2);
    expect(state["lstm.state2"]!.shape).toEqual([2, 2]);
    for (const name of streamed!) expect(tf.max(tf.abs(state[name]!)).dataSync()[0]).toBe(0);
  });

  test.each([false, true])("carry it as the model does, training %s", (training) => {
    const [model, second] = [stream(), stream()];
    const architecture = fromLayersModel(model);
    const parameters = modelWeights(fromLayersModel(second));
    let state = architecture.initialState!(2);
    second.resetStates();
    for (let window = 0; window < 3; window++) {
      const x = normal([2, 3, 4], window);
      const applied = architecture.apply(parameters, x, { training, random, state });
      const expected = second.apply(x, { training }) as tf.Tensor;
      expect(applied.outputs).toBeCloseToTensor(expected);
      state = applied.state;
    }
    for (const layer of ["lstm", "rnn"]) {
      for (const state of (model.getLayer(layer) as tf.RNN).getStates()) {
        expect(tf.max(tf.abs(state)).dataSync()[0]).toBe(0); // the model's own was not touched
      }
    }
  });

  test("go on from the state that they are given", () => {
    const model = stream();
    const architecture = fromLayersModel(model);
    const parameters = modelWeights(architecture);
    const apply = (state: Readonly<Record<string, tf.Tensor>>, x: tf.Tensor) =>
      architecture.apply(parameters, x, { training: false, random, state });
    const [first, second] = [normal([2, 3, 4], 1), normal([2, 3, 4], 2)];
    const start = architecture.initialState!(2);
    const { state } = apply(start, first);
    const once = apply(state, second);
    apply(start, second);
    const again = apply(state, second);
    expect(again.outputs).toBeCloseToTensor(once.outputs, { rtol: 0, atol: 0 });
    expect(again.outputs).not.toBeCloseToTensor(apply(start, second).outputs);
  });

  test("go on where they ended when they are used a second time", () => {
    const build = () => {
      const x = tf.input({ name: "x", batchShape: [2, 3, 2] });
      const gru = tf.layers.gru({ name: "gru", units: 2, returnSequences: true, stateful: true });
      const twice = gru.apply(gru.apply(x)) as tf.SymbolicTensor;
      return made(tf.model({ name: "twice", inputs: x, outputs: twice }));
    };
    const [model, second] = [build(), build()];
    const architecture = fromLayersModel(model);
    const parameters = modelWeights(fromLayersModel(second));
    const x = normal([2, 3, 2], 1);
    const state = architecture.initialState!(2);
    const applied = architecture.apply(parameters, x, { training: false, random, state });
    second.resetStates();
    expect(applied.outputs).toBeCloseToTensor(second.apply(x) as tf.Tensor);
    const [ended] = (second.getLayer("gru") as tf.RNN).getStates();
    expect(applied.state["gru.state1"]!).toBeCloseToTensor(ended!);
  });

  test("say for which batches they were made", () => {
    const model = stream();
    expect(() => fromLayersModel(model).initialState!(3)).toThrow(
      new RangeError(
        "stream: batches must have 2 examples, for which its stateful layers were made; got 3.",
      ),
    );
  });

  test("are refused where they are not recurrent", () => {
    class Counting extends tf.layers.Layer {
      static readonly className = "Counting";
      override get stateful() {
        return true;
      }
      override call(inputs: tf.Tensor | tf.Tensor[]) {
        return inputs;
      }
    }
    const counting = new Counting({ name: "counting", inputShape: [2] } as never);
    const model = made(tf.sequential({ layers: [counting] }));
    expect(() => fromLayersModel(model)).toThrow(
      new RangeError(
        'fromLayersModel: layer "counting" (Counting) must be recurrent to be stateful, so that its state can be handed from batch to batch. Make it with stateful: false.',
      ),
    );
  });
});
