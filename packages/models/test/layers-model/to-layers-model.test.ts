import {
  fromLayersModel,
  joinParts,
  type LayersModelArchitecture,
  modelWeights,
  splitParts,
  toLayersModel,
} from "@muir/models/layers";
import { countTensors, normal } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, test } from "vitest";
import { disposeModel } from "./dispose-model.js";
import { drawInputs } from "./draw-inputs.js";
import { exampleModels } from "./example-models.js";
import { modelsOfTests } from "./models-of-tests.js";

const made = modelsOfTests();

/** Weights that no model was made with, as a training might leave them. */
function trained({ parameters, initialState }: LayersModelArchitecture) {
  const draw = (shape: readonly number[], seed: number) => tf.mul(normal(shape, seed), 0.5);
  const weights = Object.entries(parameters).map(
    ([name, { shape }], i) => [name, draw(shape, i)] as const,
  );
  const state = Object.entries(initialState?.(3) ?? {}).map(
    ([name, tensor], i) => [name, tf.add(tensor, tf.abs(draw(tensor.shape, 100 + i)))] as const,
  );
  return { weights: Object.fromEntries(weights), state: Object.fromEntries(state) };
}

async function saved(model: tf.LayersModel): Promise<tf.io.ModelArtifacts> {
  let artifacts: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler(async (given) => {
      artifacts = given;
      return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(given) };
    }),
  );
  // as it lies in a model.json
  const { modelTopology, ...rest } = artifacts!;
  return { ...rest, modelTopology: JSON.parse(JSON.stringify(modelTopology)) };
}

describe.each(Object.entries(exampleModels))("a trained model with %s", (_, example) => {
  test("is written back, saved and loaded, and predicts what the architecture computes", async () => {
    const architecture = fromLayersModel(made(example.build()));
    const { weights, state } = trained(architecture);
    const inputs = drawInputs(example);
    const joined = joinParts(
      architecture.inputs,
      Object.fromEntries(architecture.inputs.map(({ name }, i) => [name, inputs[i]!])),
    );
    const context = { training: false, random: Math.random, state };
    const { outputs } = architecture.apply(weights, joined, context);

    const written = made(toLayersModel(architecture, { weights, state }));
    const loaded = made(await tf.loadLayersModel(tf.io.fromMemory(await saved(written))));
    for (const model of [written, loaded]) {
      const predicted = [model.predict(inputs)].flat() as tf.Tensor[];
      for (const [i, part] of Object.values(splitParts(architecture.outputs, outputs)).entries()) {
        expect(predicted[i]!).toBeCloseToTensor(part, { rtol: 0, atol: 1e-6 });
      }
    }

    // the loaded one is as good a start as the first
    const again = fromLayersModel(loaded);
    expect(again.parameters).toEqual(architecture.parameters);
    expect(again.outputShape).toEqual(architecture.outputShape);
    for (const [name, weight] of Object.entries(modelWeights(again))) {
      expect(weight, name).toBeCloseToTensor(weights[name]!, { rtol: 0, atol: 0 });
    }
  });
});

describe("toLayersModel", () => {
  const dense = (name = "dense") =>
    tf.sequential({
      name: "net",
      layers: [
        tf.layers.dense({ name, units: 1, inputShape: [2], kernelConstraint: "nonNeg" }),
        tf.layers.batchNormalization({ name: "norm" }),
      ],
    });
  const weightsOf = (model: tf.LayersModel) => {
    const architecture = fromLayersModel(model);
    return { architecture, ...trained(architecture) };
  };

  test("makes a model of its own, of the same class", () => {
    const model = made(dense());
    const before = model.getWeights().map((weight) => weight.arraySync());
    const { architecture, weights, state } = weightsOf(model);
    const written: tf.Sequential = made(
      toLayersModel({ ...architecture, model }, { weights, state }),
    );
    expect(written.getClassName()).toBe("Sequential");
    expect(written.name).toBe("net");
    tf.dispose(weights); // what was written does not need it
    expect(written.getLayer("dense").getWeights()[0]!.shape).toEqual([2, 1]);
    expect(model.getWeights().map((weight) => weight.arraySync())).toEqual(before);
  });

  test("writes into a model that it is given, and bends nothing to a constraint", () => {
    const model = made(dense());
    const { architecture, weights, state } = weightsOf(model);
    weights["dense.kernel"] = tf.tensor2d([[-1], [2]]);
    expect(toLayersModel(architecture, { weights, state, into: model })).toBe(model);
    expect(model.getLayer("dense").getWeights()[0]!.arraySync()).toEqual([[-1], [2]]);
  });

  test("makes no tensor but the new model's weights", () => {
    const { architecture, weights, state } = weightsOf(made(dense()));
    let written: tf.LayersModel | undefined;
    const made6 = countTensors(() => {
      written = toLayersModel(architecture, { weights, state }) as tf.LayersModel;
    });
    expect(made6).toBe(6);
    disposeModel(written!);
  });

  test("names what is missing", () => {
    const { architecture, weights, state } = weightsOf(made(dense()));
    const { "dense.bias": _, ...rest } = weights;
    expect(() => toLayersModel(architecture, { weights: rest, state })).toThrow(
      new RangeError("toLayersModel: parameter dense.bias must be [1]; got none."),
    );
    expect(() => toLayersModel(architecture, { weights })).toThrow(
      new RangeError("toLayersModel: state norm.moving_mean must be [1]; got none."),
    );
  });

  test("refuses to write into a model of other layers", () => {
    const { architecture, weights, state } = weightsOf(made(dense()));
    expect(() =>
      toLayersModel(architecture, { weights, state, into: made(dense("other")) }),
    ).toThrow(
      new RangeError(
        "toLayersModel: into must have the weights of the architecture's model; it lacks dense.bias [1].",
      ),
    );
  });
});
