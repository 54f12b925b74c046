import type { Shape } from "@muir/decompose";
import * as tf from "@tensorflow/tfjs-core";
import type { ModelState } from "../architecture.js";
import type { Lent } from "./apply-model.js";
import { shapeOf } from "./layers-model-like.js";
import type { ModelParts } from "./model-parts.js";

/** Shapes of all that a model hands from batch to batch: weights it does not train, and streams. */
export function stateShapes({ weights, streams }: ModelParts): Record<string, Shape> {
  const untrained = weights
    .filter(({ isTrained }) => !isTrained)
    .map(({ name, variable }) => [name, shapeOf(variable)] as const);
  const streamed = streams.flatMap(({ names, shapes }) =>
    names.map((name, i) => [name, shapes[i]!] as const),
  );
  return Object.fromEntries([...untrained, ...streamed]);
}

/**
 * The state before the first batch: untrained weights as the model has them now, streams at zero.
 *
 * @throws {RangeError} if a recurrent layer with state was made for batches of another size.
 */
export function firstState(
  { weights, streams }: ModelParts,
  { architecture, batch }: { architecture: string; batch: number },
): ModelState {
  const fixed = streams[0]?.shapes[0]?.[0];
  if (fixed !== undefined && fixed !== batch) {
    throw new RangeError(
      `${architecture}: batches must have ${fixed} examples, for which its stateful layers were made; got ${batch}.`,
    );
  }
  const untrained = weights
    .filter(({ isTrained }) => !isTrained)
    .map(({ name, variable }) => [name, tf.clone(variable.read())] as const);
  const streamed = streams.flatMap(({ names, shapes }) =>
    names.map((name, i) => [name, tf.zeros([...shapes[i]!])] as const),
  );
  return Object.fromEntries([...untrained, ...streamed]);
}

/** Parameters and state by name as what a model is lent. */
export function lentBy(
  { weights, streams }: ModelParts,
  named: Readonly<Record<string, tf.Tensor>>,
): Lent {
  return {
    weights: new Map(weights.map(({ name, variable }) => [variable, named[name]!])),
    states: new Map(
      streams.map(({ layer, names }) => [layer, names.map((name) => named[name]!)] as const),
    ),
  };
}

/** The state that an application leaves, by name. */
export function stateAfter({ weights, streams }: ModelParts, after: Lent): ModelState {
  const untrained = weights
    .filter(({ isTrained }) => !isTrained)
    .map(({ name, variable }) => [name, after.weights.get(variable)!] as const);
  const streamed = streams.flatMap(({ layer, names }) =>
    names.map((name, i) => [name, after.states.get(layer)![i]!] as const),
  );
  return Object.fromEntries([...untrained, ...streamed]);
}
