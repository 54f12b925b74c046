import type { Architecture, ParameterSpec } from "../architecture.js";
import { applyAsArchitecture } from "./apply-as-architecture.js";
import { type InputShapes, inputParts, outputParts, symbolsOf } from "./input-shapes.js";
import { joinedShape } from "./joined-parts.js";
import { type LayerKinds, layerKinds } from "./layer-kinds.js";
import type { LayersModelArchitecture } from "./layers-model-architecture.js";
import type { LayersModelLike } from "./layers-model-like.js";
import { modelNotes } from "./model-notes.js";
import { type ModelParts, modelParts } from "./model-parts.js";
import { firstState, stateShapes } from "./model-state.js";
import { requireModel } from "./require-model.js";
import { checkChoice, type WeightChoice } from "./weight-choice.js";
import { checkIncluded, type DecidedWeight, decideUses } from "./weight-uses.js";

/** How {@link fromLayersModel} reads a model. */
export interface FromLayersModelOptions {
  /** The architecture's name. The model's unless told otherwise. */
  readonly name?: string;
  /** What may be shared. Every kernel that can be, unless told otherwise. */
  readonly include?: WeightChoice;
  /** What of that must not be shared. Nothing unless told otherwise. */
  readonly exclude?: WeightChoice;
  /** How weights of further classes of layers are read, or of known ones in another way. */
  readonly kinds?: LayerKinds;
  /** Shape of one example, where the model leaves sizes open; of several inputs by name. */
  readonly inputShape?: InputShapes;
}

/**
 * Makes an architecture of any `tf.LayersModel`: sequential or functional, built in code or loaded from a
 * `model.json`.
 *
 * Its layers compute as they always do, with the weights that `apply` is given. Kernels of the usual
 * layers can be shared; all else that is trained is private to its task, and `weights` says why. What is
 * not trained (moving averages, frozen layers) is state, and so is what recurrent layers with
 * `stateful: true` carry, which is streamed. A layer that is used several times has one set of weights.
 *
 * Several inputs are joined to rows of numbers, `[batch, sum of sizes]`, and several outputs likewise: see
 * `joinParts` and `splitParts`.
 *
 * Parameters start as the initializers of their layers have it. What layers draw, dropout for one,
 * follows from `context.random`.
 *
 * @throws {RangeError} if a choice names no layer, an included layer has nothing to share, a size of the
 *   inputs is open, or a layer that is not recurrent is stateful; and, when applied, if inputs,
 *   parameters or state have another shape.
 * @throws {TypeError} if `model` is no LayersModel with layers; and, when applied, if symbols are not int32.
 * @example
 * ```ts
 * const model = await tf.loadLayersModel("https://example.com/model.json");
 * const architecture = fromLayersModel(model, { exclude: ["logits"] });
 * console.log(formatLayersModel(architecture));
 * ```
 */
export function fromLayersModel<M extends LayersModelLike>(
  model: M,
  options: FromLayersModelOptions = {},
): LayersModelArchitecture<M> {
  requireModel(model);
  // a sequential model connects its layers when it is first used
  if (!model.built) model.build(model.inputs[0]!.shape);
  const { name = model.name } = options;
  const parts = modelParts(model);
  const decided = decide(parts, options);
  const parameters = parametersOf(decided);
  const inputs = inputParts(model, options.inputShape);
  const outputs = outputParts(model, inputs);
  const symbols = symbolsOf(model);
  const inputShape = joinedShape(inputs);
  const given = { inputShape, ...(symbols !== undefined && { symbols }) };
  return {
    name,
    parameters,
    ...given,
    outputShape: joinedShape(outputs),
    tasks: 1,
    ...stateMembers(name, parts),
    apply: applyAsArchitecture(parts, { name, parameters, given, inputs, outputs }),
    model,
    weights: decided.map(({ use }) => use),
    notes: modelNotes(parts),
    inputs,
    outputs,
  };
}

function decide(parts: ModelParts, options: FromLayersModelOptions): DecidedWeight[] {
  const { include, exclude = [], kinds = {} } = options;
  const paths = new Set(parts.layers.map(({ path }) => path));
  paths.delete(""); // the model itself
  const place = { model: parts.model.name, layers: [...paths] };
  checkChoice(include ?? [], { option: "include", ...place });
  checkChoice(exclude, { option: "exclude", ...place });
  const decided = decideUses(parts.weights, {
    kinds: { ...layerKinds, ...kinds },
    include,
    exclude,
  });
  checkIncluded(
    include,
    decided.map(({ use }) => use),
  );
  return decided;
}

function parametersOf(decided: readonly DecidedWeight[]): Record<string, ParameterSpec> {
  return Object.fromEntries(
    decided.flatMap(({ use: { name, shape }, initial, kind }) =>
      initial === undefined ? [] : [[name, { shape, initial, ...(kind && { kind }) }]],
    ),
  );
}

function stateMembers(
  architecture: string,
  parts: ModelParts,
): Pick<Architecture, "initialState" | "streamed"> {
  const streamed = parts.streams.flatMap(({ names }) => names);
  if (Object.keys(stateShapes(parts)).length === 0) return {};
  return {
    initialState: (batch) => firstState(parts, { architecture, batch }),
    ...(streamed.length > 0 && { streamed }),
  };
}
