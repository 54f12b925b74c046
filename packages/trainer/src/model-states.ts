import type { Architecture, ModelState } from "@muir/models";
import * as tf from "@tensorflow/tfjs-core";

/** A model's state before a batch that goes on from no other: what belongs to a stream starts anew. */
export function freshStreams(
  { initialState, streamed = [] }: Architecture,
  batchSize: number,
): ModelState {
  if (streamed.length === 0) return {};
  return tf.tidy(() => ({ ...streamsOf({ streamed }, initialState?.(batchSize) ?? {}) }));
}

/** The part of a model's state that belongs to a stream of batches. */
export function streamsOf(
  { streamed = [] }: Pick<Architecture, "streamed">,
  state: ModelState,
): ModelState {
  return Object.fromEntries(streamed.map((name) => [name, state[name]!]));
}

/** Frees what of the old state was not handed on; returns the new one. */
export function replaceState(old: ModelState, next: ModelState): ModelState {
  const kept = new Set(Object.values(next));
  for (const tensor of Object.values(old)) if (!kept.has(tensor)) tensor.dispose();
  return next;
}
