import {
  fromLayersModel,
  joinParts,
  type LayersModelArchitecture,
  modelWeights,
} from "@muir/models/layers";
import { normal } from "@muir/test-kit";
import type { LayersModel } from "@tensorflow/tfjs";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { computations, computed } from "../backends.js";
import { gradientsIn } from "../gradients-in.js";
import { disposeModel } from "./dispose-model.js";
import { drawInputs } from "./draw-inputs.js";
import { type ExampleModel, exampleModels } from "./example-models.js";

const close = { rtol: 1e-5, atol: 1e-6 };

describe.each(Object.entries(exampleModels))("an architecture of a model with %s", (_, example) => {
  test.each(computations.filter((way) => way !== "kernels of ours on cpu"))(
    "computes what the model does, %s",
    async (way) => {
      await computed(way, () => compare(example));
    },
  );
});

/**
 * One model is made an architecture of; it is given the weights of a second, which has the same layers.
 * Whatever it computes must be what the second computes by itself.
 */
function compare(example: ExampleModel): void {
  const [model, second] = [example.build(), example.build()];
  const architecture = fromLayersModel(model);
  const other = fromLayersModel(second);
  const given = {
    parameters: modelWeights(other),
    inputs: joined(architecture, drawInputs(example)),
    state: other.initialState?.(3) ?? {},
  };
  const before = model.getWeights().map((weight) => weight.arraySync());

  const context = { training: false, random: Math.random, state: given.state };
  const evaluated = architecture.apply(given.parameters, given.inputs, context);
  expect(evaluated.outputs).toBeCloseToTensor(
    outputsOf(second, { example, training: false }),
    close,
  );

  const readout = normal([3, ...architecture.outputShape], 5);
  const loss = (outputs: tf.Tensor) => tf.sum(tf.mul(outputs, readout)) as tf.Scalar;
  const found = gradientsIn(architecture, { ...given, loss });
  const expected = tf.variableGrads(() => loss(outputsOf(second, { example, training: true })));
  expect(found.loss).toBeCloseToTensor(expected.value, close);
  const names = Object.keys(architecture.parameters);
  expect(names.length).toBe(second.trainableWeights.length);
  for (const [i, name] of names.entries()) {
    const gradient = expected.grads[(second.trainableWeights[i]!.read() as tf.Variable).name];
    expect(found.gradients[name], name).toBeCloseToTensor(gradient!, { rtol: 1e-4, atol: 1e-5 });
  }
  // the second was applied in training once, and moved its own averages
  for (const [i, name] of Object.keys(found.state).entries()) {
    expect(found.state[name]!, name).toBeCloseToTensor(second.nonTrainableWeights[i]!.read());
  }

  expect(model.getWeights().map((weight) => weight.arraySync())).toEqual(before);
  disposeModel(model);
  disposeModel(second);
}

function joined(architecture: LayersModelArchitecture, inputs: tf.Tensor[]): tf.Tensor {
  return joinParts(
    architecture.inputs,
    Object.fromEntries(architecture.inputs.map(({ name }, i) => [name, inputs[i]!])),
  );
}

function outputsOf(
  model: LayersModel,
  { example, training }: { example: ExampleModel; training: boolean },
): tf.Tensor {
  const inputs = drawInputs(example);
  const outputs = [model.apply(inputs, { training })].flat() as tf.Tensor[];
  if (outputs.length === 1) return outputs[0]!;
  return tf.concat(
    outputs.map((output) => tf.reshape(output, [3, -1])),
    1,
  );
}
