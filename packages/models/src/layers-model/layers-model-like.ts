import type { Shape } from "@muir/decompose";
import type * as tf from "@tensorflow/tfjs-core";

/**
 * A weight of a layer, as far as it is used here: `LayerVariable` of TensorFlow.js.
 *
 * What is used of layers and models is written down rather than imported, so that neither this package
 * nor its users need `@tensorflow/tfjs-layers` beside the one that `@tensorflow/tfjs` brings, and models
 * of any of its versions or copies will do.
 */
export interface LayerVariableLike {
  /** With the scopes it was made in: `dense_1/kernel`. */
  readonly originalName: string;
  readonly shape: readonly (number | null)[];
  /** What layers compute with. */
  read(): tf.Tensor;
  /** How layers move averages. */
  write(value: tf.Tensor): unknown;
}

/** A layer, as far as it is used here: `tf.layers.Layer`. */
export interface LayerLike {
  readonly name: string;
  readonly weights: readonly LayerVariableLike[];
  /** Whether it carries state from batch to batch. */
  readonly stateful: boolean;
  /** Such as `Dense`. */
  getClassName(): string;
  /** What it was made with, initializers among it. */
  // biome-ignore lint/suspicious/noExplicitAny: the type of a configuration is TensorFlow.js' own
  getConfig(): any;
}

/** An input or output of a model: `tf.SymbolicTensor`. */
export interface SymbolicTensorLike {
  /** With the batch, and null where a size is open. */
  readonly shape: readonly (number | null)[];
  readonly dtype: string;
  readonly sourceLayer: {
    readonly outboundNodes: readonly { readonly outboundLayer: LayerLike }[];
  };
}

/** A model, as far as it is used here: any `tf.LayersModel`, so `tf.Sequential` too. */
export interface LayersModelLike extends LayerLike {
  readonly layers: readonly LayerLike[];
  /** Whether its layers are connected; a sequential model's are when it is first used. */
  readonly built: boolean;
  readonly trainableWeights: readonly LayerVariableLike[];
  readonly inputs: readonly SymbolicTensorLike[];
  readonly outputs: readonly SymbolicTensorLike[];
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Connects its layers. */
  // biome-ignore lint/suspicious/noExplicitAny: a shape, in TensorFlow.js' own type
  build(inputShape: any): void;
  /** Computes the outputs: one tensor, or several. */
  apply(inputs: tf.Tensor | tf.Tensor[], options?: { training: boolean }): unknown;
  /** Shape of each output for inputs of known shapes, both with the batch. */
  // biome-ignore lint/suspicious/noExplicitAny: one shape or several, in TensorFlow.js' own type
  computeOutputShape(inputShapes: any): any;
}

/** Sizes without open ones. */
export function shapeOf(variable: LayerVariableLike): Shape {
  return variable.shape as Shape; // those of variables are never open
}
