import type { Shape } from "@muir/decompose";
import type * as tf from "@tensorflow/tfjs-core";
import { hasMasks } from "./dropout-masks.js";
import { type FoundLayer, foundLayers } from "./found-layers.js";
import { type FoundWeight, foundWeights } from "./found-weights.js";
import type { LayerLike, LayersModelLike } from "./layers-model-like.js";

/** What of a model has to be replaced while it is applied. */
export interface ModelParts {
  readonly model: LayersModelLike;
  readonly layers: readonly FoundLayer[];
  readonly weights: readonly FoundWeight[];
  /** Recurrent layers that carry their state from batch to batch. */
  readonly streams: readonly Stream[];
  /** Cells of recurrent layers, which keep the dropout of one batch. */
  readonly cells: readonly LayerLike[];
  /** Weights that batch normalization reads in training even where it was made without. */
  readonly missing: readonly MissingWeight[];
}

/** A recurrent layer with `stateful: true`. */
export interface Stream {
  readonly layer: LayerLike;
  /** `lstm_1.state1` and so on, in the layer's order. */
  readonly names: readonly string[];
  /** With the batch, which such a layer fixes when it is built. */
  readonly shapes: readonly Shape[];
}

/** Scale or offset of a batch normalization that has none. */
export interface MissingWeight {
  readonly layer: LayerLike;
  readonly key: "gamma" | "beta";
  readonly constant: 0 | 1;
  readonly shape: Shape;
}

/**
 * Takes a model apart.
 *
 * @throws {RangeError} if a layer that is not recurrent says it carries state: there is no way to it.
 */
export function modelParts(model: LayersModelLike): ModelParts {
  const layers = foundLayers(model);
  return {
    model,
    layers,
    weights: foundWeights(model, layers),
    streams: layers.filter(({ layer }) => keepsState(layer)).map(streamOf),
    cells: layers.map(({ layer }) => layer).filter(hasMasks),
    missing: layers.flatMap(missingOf),
  };
}

function keepsState(layer: LayerLike): boolean {
  if (!layer.stateful) return false;
  return !["layers", "forwardLayer", "layer"].some((part) => part in layer); // their parts keep it
}

function streamOf({ path, type, layer }: FoundLayer): Stream {
  const states = (layer as Partial<{ getStates(): readonly (tf.Tensor | null)[] }>).getStates?.();
  if (states === undefined || states.includes(null)) {
    throw new RangeError(
      `fromLayersModel: layer "${path}" (${type}) must be recurrent to be stateful, so that its state can be handed from batch to batch. Make it with stateful: false.`,
    );
  }
  return {
    layer,
    names: states.map((_, i) => `${path}.state${i + 1}`),
    shapes: states.map((state) => state!.shape),
  };
}

function missingOf({ type, layer }: FoundLayer): MissingWeight[] {
  if (type !== "BatchNormalization") return [];
  const { scale, center } = layer.getConfig() as { scale: boolean; center: boolean };
  const shape = layer.weights[0]!.shape as Shape; // all are as long as there are channels
  return [
    ...(scale ? [] : [{ layer, key: "gamma", constant: 1, shape } as const]),
    ...(center ? [] : [{ layer, key: "beta", constant: 0, shape } as const]),
  ];
}
