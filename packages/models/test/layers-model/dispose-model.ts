import * as tf from "@tensorflow/tfjs";

/** What `dispose` of a model leaves: weights of layers that it uses more than once, and states. */
type Kept = Partial<Record<"forwardLayer" | "backwardLayer", tf.RNN>> &
  Partial<Record<"states_" | "keptStates", tf.Tensor[]>>;

/** Frees all that a model holds. */
export function disposeModel(model: tf.LayersModel): void {
  for (const weight of new Set(model.weights)) weight.dispose();
  for (const layer of model.layers as Kept[]) {
    for (const { states_, keptStates } of [layer, layer.forwardLayer, layer.backwardLayer].map(
      (part) => (part ?? {}) as Kept,
    )) {
      tf.dispose([...(states_ ?? []), ...(keptStates ?? [])]);
    }
  }
}
