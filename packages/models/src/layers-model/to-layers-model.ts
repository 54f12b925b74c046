import * as tf from "@tensorflow/tfjs-core";
import { foundLayers } from "./found-layers.js";
import { type FoundWeight, foundWeights } from "./found-weights.js";
import type { LayersModelArchitecture } from "./layers-model-architecture.js";
import { type LayersModelLike, shapeOf } from "./layers-model-like.js";
import { requireWeights } from "./require-weights.js";

/** What {@link toLayersModel} writes. */
export interface ToLayersModelOptions<M extends LayersModelLike> {
  /** The trained parameters by name, as `Training.weights()` of `@muir/trainer` gives them for a task. */
  readonly weights: Readonly<Record<string, tf.Tensor>>;
  /** The state that training left, where the architecture has any but streams, which begin anew. */
  readonly state?: Readonly<Record<string, tf.Tensor>>;
  /** A model of the same layers to write into. A new one unless told otherwise. */
  readonly into?: M;
}

/**
 * Writes trained parameters and state back into an ordinary `LayersModel`, which saves, loads and
 * predicts without this package.
 *
 * A new model is made from the configuration of the one that the architecture was made of; it is not
 * compiled. Layers of one's own have to be registered (`tf.serialization.registerClass`) for that.
 * Constraints of layers are not applied to what is written.
 *
 * @returns the model, which the caller disposes; it shares no tensor with the weights.
 * @throws {RangeError} if a parameter or state is missing or has another shape, or `into` has other weights.
 * @example
 * ```ts
 * const model = toLayersModel(architecture, { weights: training.weights()["cats"]! });
 * await model.save("downloads://cats"); // in a page; in Node with @tensorflow/tfjs-node, "file://cats"
 * ```
 */
export function toLayersModel<M extends LayersModelLike>(
  { model, weights: uses }: LayersModelArchitecture<M>,
  { weights, state = {}, into }: ToLayersModelOptions<M>,
): M {
  const shapes = (isState: boolean) =>
    Object.fromEntries(
      uses
        .filter(({ use }) => (use === "state") === isState)
        .map(({ name, shape }) => [name, shape]),
    );
  const caller = "toLayersModel";
  requireWeights(weights, { caller, what: "parameter", shapes: shapes(false) });
  requireWeights(state, { caller, what: "state", shapes: shapes(true) });
  const target = into ?? cloneOf(model);
  const found = foundWeights(target, foundLayers(target));
  requireSame(uses, found);
  const named = { ...weights, ...state };
  for (const { name, variable } of found) {
    // not variable.write, which would bend what is written to the layer's constraint
    (variable.read() as tf.Variable).assign(named[name]!);
  }
  return target;
}

/**
 * The parameters of an architecture as its model has them now: what a pretrained model knows. Its averages
 * and other state are in `initialState`.
 *
 * @returns new tensors by name; the caller disposes them.
 */
export function modelWeights({
  model,
  parameters,
}: LayersModelArchitecture): Record<string, tf.Tensor> {
  const found = foundWeights(model, foundLayers(model));
  return Object.fromEntries(
    found
      .filter(({ name }) => name in parameters)
      .map(({ name, variable }) => [name, tf.clone(variable.read())]),
  );
}

/** What models can be made by: the function of their class. */
interface ModelClass<M> {
  fromConfig(made: unknown, config: unknown, customObjects: object, zerosWillDo: boolean): M;
}

function cloneOf<M extends LayersModelLike>(model: M): M {
  const made = model.constructor as unknown as ModelClass<M>;
  return made.fromConfig(made, model.getConfig(), {}, true); // every weight is written right after
}

function requireSame(
  uses: LayersModelArchitecture["weights"],
  found: readonly FoundWeight[],
): void {
  const expected = uses.map(({ name, shape }) => `${name} [${shape}]`).sort();
  const got = found.map(({ name, variable }) => `${name} [${shapeOf(variable)}]`).sort();
  const missing = expected.find((weight) => !got.includes(weight));
  const stray = got.find((weight) => !expected.includes(weight));
  if (missing === undefined && stray === undefined) return;
  throw new RangeError(
    `toLayersModel: into must have the weights of the architecture's model; ${missing ? `it lacks ${missing}` : `it also has ${stray}`}.`,
  );
}
