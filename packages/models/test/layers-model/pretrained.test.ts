import { planDecomposition } from "@muir/decompose";
import { createBank, fitBank, materialize } from "@muir/hypermodule";
import { fromLayersModel, modelWeights, toLayersModel } from "@muir/models/layers";
import { seededDraws } from "@muir/test-kit";
import type * as tf from "@tensorflow/tfjs";
import { expect, test } from "vitest";
import { drawInputs } from "./draw-inputs.js";
import { exampleModels } from "./example-models.js";
import { modelsOfTests } from "./models-of-tests.js";

const made = modelsOfTests();

test.each(["dense", "conv2d", "separable conv2d", "bidirectional", "a model in a model"])(
  "a bank is fitted to a pretrained model with %s, which then predicts what it predicted before",
  (name) => {
    const example = exampleModels[name]!;
    const model = made(example.build());
    const architecture = fromLayersModel(model);
    const plan = planDecomposition([architecture], { block: [3, 2] });
    const alignment = Int32Array.from({ length: plan.locations }, (_, l) => l);
    const deviations = new Float32Array(plan.locations).fill(0.1);
    const sizes = { modules: plan.locations, contextSize: 2, block: [3, 2] } as const;
    const drawn = createBank({ ...sizes, deviations, random: seededDraws(1) });

    const known = modelWeights(architecture);
    const bank = fitBank(drawn, alignment, { plan, weights: { [architecture.name]: known } });
    const generated = materialize(bank, alignment, plan)[architecture.name]!;
    expect(Object.keys(generated).length).toBeGreaterThan(0);
    const weights = { ...known, ...generated };
    const fitted = made(toLayersModel(architecture, { weights }));
    const inputs = drawInputs(example);
    const [found, expected] = [fitted, model].map((each) => each.predict(inputs) as tf.Tensor);
    expect(found!).toBeCloseToTensor(expected!, { rtol: 0, atol: 1e-6 });
  },
);
