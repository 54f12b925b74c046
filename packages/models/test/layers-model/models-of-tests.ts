import type * as tf from "@tensorflow/tfjs";
import { afterEach } from "vitest";
import { disposeModel } from "./dispose-model.js";

/** Gives a model back and frees its weights after the test; one a test file. */
export function modelsOfTests(): <M extends tf.LayersModel>(model: M) => M {
  const models: tf.LayersModel[] = [];
  afterEach(() => {
    for (const model of models.splice(0)) disposeModel(model);
  });
  return (model) => {
    models.push(model);
    return model;
  };
}
