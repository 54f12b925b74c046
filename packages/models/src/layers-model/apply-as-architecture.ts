import type { Shape } from "@muir/decompose";
import * as tf from "@tensorflow/tfjs-core";
import type { Architecture, ParameterSpec } from "../architecture.js";
import { requireInputs } from "../require-inputs.js";
import { requireState } from "../require-state.js";
import { applyModel } from "./apply-model.js";
import { type JoinedPart, joinParts, splitParts } from "./joined-parts.js";
import type { ModelParts } from "./model-parts.js";
import { lentBy, stateAfter, stateShapes } from "./model-state.js";
import { requireWeights } from "./require-weights.js";

/** What an architecture made of a model declares. */
interface Declared {
  readonly name: string;
  readonly parameters: Readonly<Record<string, ParameterSpec>>;
  /** Shape of one example, and how many symbols it is made of. */
  readonly given: { readonly inputShape: Shape; readonly symbols?: number };
  readonly inputs: readonly JoinedPart[];
  readonly outputs: readonly JoinedPart[];
}

/** `apply` of an architecture that computes what a model does. */
export function applyAsArchitecture(
  parts: ModelParts,
  { name, parameters: specs, given, inputs, outputs }: Declared,
): Architecture["apply"] {
  const shapes = Object.fromEntries(Object.entries(specs).map(([key, { shape }]) => [key, shape]));
  const states = stateShapes(parts);
  return (parameters, x, { training, random, state }) => {
    requireInputs(name, x, given);
    requireWeights(parameters, { caller: name, what: "parameter", shapes });
    requireState(name, state, { batch: x.shape[0]!, shapes: states });
    return tf.tidy(() => {
      const lent = lentBy(parts, { ...parameters, ...state });
      const tensors = Object.values(splitParts(inputs, x)); // in the model's order
      const applied = applyModel(parts, tensors, { ...lent, training, random });
      const named = outputs.map(({ name }, i) => [name, applied.outputs[i]!] as const);
      return {
        outputs: joinParts(outputs, Object.fromEntries(named)),
        state: stateAfter(parts, applied),
      };
    });
  };
}
