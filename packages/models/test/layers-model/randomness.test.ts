import { fromLayersModel, modelWeights } from "@muir/models/layers";
import { countTensors, law, normal, seededDraws, seeds } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, test } from "vitest";
import { modelsOfTests } from "./models-of-tests.js";

const made = modelsOfTests();

/** Draws also when evaluating, as the middle of a variational autoencoder does; with its own source, too. */
class Noise extends tf.layers.Layer {
  static readonly className = "Noise";
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = [inputs].flat()[0] as tf.Tensor;
    return tf.add(x, tf.mul(tf.randomNormal(x.shape), Math.random()));
  }
}

const sequence = { inputShape: [5, 4] };
const drawing: Record<string, () => tf.layers.Layer> = {
  dropout: () => tf.layers.dropout({ rate: 0.5, ...sequence }),
  "spatial dropout": () =>
    tf.layers.spatialDropout1d({ rate: 0.5, ...sequence } as never) as tf.layers.Layer,
  "Gaussian noise": () => tf.layers.gaussianNoise({ stddev: 1, ...sequence }),
  "Gaussian dropout": () => tf.layers.gaussianDropout({ rate: 0.5, ...sequence }),
  "alpha dropout": () => tf.layers.alphaDropout({ rate: 0.5, ...sequence }),
  "dropout of an LSTM": () => tf.layers.lstm({ units: 3, dropout: 0.5, ...sequence }),
  "dropout inside an LSTM": () => tf.layers.lstm({ units: 3, recurrentDropout: 0.5, ...sequence }),
  "dropout of a GRU": () =>
    tf.layers.gru({ units: 3, dropout: 0.5, recurrentDropout: 0.2, ...sequence }),
  "dropout of cells": () =>
    tf.layers.rnn({ cell: tf.layers.lstmCell({ units: 3, dropout: 0.5 }), ...sequence }),
  "dropout both ways": () =>
    tf.layers.bidirectional({
      layer: tf.layers.gru({ units: 3, dropout: 0.5 }) as tf.RNN,
      ...sequence,
    }),
  "dropout at each step": () =>
    tf.layers.timeDistributed({ layer: tf.layers.dropout({ rate: 0.5 }), ...sequence }),
  "noise of one's own": () => new Noise({ ...sequence }),
};

function drawnBy(layer: () => tf.layers.Layer) {
  const model = made(tf.sequential({ layers: [layer()] }));
  const architecture = fromLayersModel(model);
  const parameters = modelWeights(architecture);
  const x = normal([3, 5, 4], 1);
  return (random: () => number, training = true) =>
    architecture.apply(parameters, x, { training, random, state: {} }).outputs;
}

describe.each(Object.entries(drawing))("%s", (_, layer) => {
  law(
    "follows from the draws it is given",
    seeds(),
    (seed) => {
      const apply = drawnBy(layer);
      tf.tidy(() => {
        const outputs = apply(seededDraws(seed));
        expect(apply(seededDraws(seed))).toBeCloseToTensor(outputs, { rtol: 0, atol: 0 });
        const others = [1, 2, 3].map((more) => apply(seededDraws(seed + more)));
        const isOther = others.map((other) => tf.max(tf.abs(tf.sub(other, outputs))).dataSync()[0]);
        expect(Math.max(...(isOther as number[]))).toBeGreaterThan(0);
      });
    },
    { runs: 10 },
  );

  test("draws anew in each application", () => {
    const apply = drawnBy(layer);
    const random = seededDraws(1);
    const differences = [1, 2, 3].map(() =>
      tf.max(tf.abs(tf.sub(apply(random), apply(random)))).dataSync(),
    );
    expect(Math.max(...differences.map(([difference]) => difference!))).toBeGreaterThan(0);
  });

  test("is the same every time when evaluating, and takes no draw", () => {
    const apply = drawnBy(layer);
    const noDraws = () => {
      throw new Error("drew a number");
    };
    expect(apply(noDraws, false)).toBeCloseToTensor(apply(noDraws, false), { rtol: 0, atol: 0 });
  });

  test("leaves nothing but its outputs", () => {
    const apply = drawnBy(layer);
    for (const training of [true, false]) {
      expect(countTensors(() => apply(seededDraws(1), training))).toBe(1);
    }
  });
});

describe("while a model is applied", () => {
  test("drops the share of entries that its layer says", () => {
    const model = made(
      tf.sequential({ layers: [tf.layers.dropout({ rate: 0.25, inputShape: [1000] })] }),
    );
    const context = { training: true, random: seededDraws(3), state: {} };
    const { outputs } = fromLayersModel(model).apply({}, tf.ones([20, 1000]), context);
    expect(tf.mean(tf.equal(outputs, 0)).dataSync()[0]).toBeCloseTo(0.25, 2);
    expect(tf.max(outputs).dataSync()[0]).toBeCloseTo(1 / 0.75, 5);
  });

  test("what it finds replaced is put back, also when a layer throws", () => {
    class Broken extends tf.layers.Layer {
      static readonly className = "Broken";
      override call(): tf.Tensor {
        throw new Error("broken");
      }
    }
    const dense = tf.layers.dense({ name: "dense", units: 2 });
    const norm = tf.layers.batchNormalization({ name: "norm", scale: false });
    const lstm = tf.layers.lstm({ name: "lstm", units: 2, dropout: 0.5, stateful: true });
    const model = made(
      tf.sequential({
        layers: [
          tf.layers.inputLayer({ batchInputShape: [2, 4, 3] }),
          dense,
          norm,
          lstm,
          new Broken({ name: "broken" }),
        ],
      }),
    );
    const architecture = fromLayersModel(model);
    const parameters = modelWeights(architecture);
    const context = { training: true, random: () => 0.5, state: architecture.initialState!(2) };
    const before = Math.random;
    const own = [dense, norm, lstm, ...model.weights].map((part) => Object.keys(part).join());
    const x = tf.ones([2, 4, 3]);
    const left = countTensors(() => {
      expect(() => architecture.apply(parameters, x, context)).toThrow("broken");
    });
    expect(left).toBe(0);
    expect(Math.random).toBe(before);
    expect([dense, norm, lstm, ...model.weights].map((part) => Object.keys(part).join())).toEqual(
      own,
    );
    expect(dense.getWeights()[0]!.shape).toEqual([3, 2]);
  });

  test("a layer cannot write to what is trained", () => {
    class Writing extends tf.layers.Layer {
      static readonly className = "Writing";
      private weight?: tf.LayerVariable;
      override build(): void {
        this.weight = this.addWeight("weight", [1], "float32", tf.initializers.ones());
        this.built = true;
      }
      override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor | tf.Tensor[] {
        this.weight!.write(tf.tensor1d([2]));
        return inputs;
      }
    }
    const layer = new Writing({ name: "writing", inputShape: [1] } as never);
    const architecture = fromLayersModel(made(tf.sequential({ layers: [layer] })));
    const context = { training: true, random: Math.random, state: {} };
    expect(() => architecture.apply(modelWeights(architecture), tf.ones([1, 1]), context)).toThrow(
      "fromLayersModel: a layer must not write to what is trained; one wrote to writing.weight. Make that weight with trainable: false.",
    );
  });
});
