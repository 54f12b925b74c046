import type { ParameterKind, Shape } from "@muir/decompose";
import type * as tf from "@tensorflow/tfjs-core";

/** How a parameter starts: normal around zero with this standard deviation, or constant. */
export type Initializer = { readonly standardDeviation: number } | { readonly constant: number };

/** One named parameter of an architecture. */
export interface ParameterSpec {
  readonly shape: Shape;
  readonly initial: Initializer;
  /** How the weights are read as matrices. Without it the parameter stays private to its task. */
  readonly kind?: ParameterKind;
}

/** What carries over from batch to batch without being trained: batch-norm averages, LSTM state. */
export type ModelState = Readonly<Record<string, tf.Tensor>>;

/** What one application of an architecture may depend on besides parameters and inputs. */
export interface ApplyContext {
  readonly training: boolean;
  /** Uniform draws in [0, 1), for dropout. */
  readonly random: () => number;
  readonly state: ModelState;
}

/** What one application returns; the caller owns the tensors. */
export interface Applied {
  readonly outputs: tf.Tensor;
  /** The new state; architectures without state return the one they were given. */
  readonly state: ModelState;
}

/**
 * A network as a value: it names its parameters and applies them, but never owns them.
 *
 * With `tasks > 1` it computes that many tasks side by side: inputs and outputs carry a leading
 * axis of that length before the batch axis.
 */
export interface Architecture<P extends string = string> {
  readonly name: string;
  readonly parameters: Readonly<Record<P, ParameterSpec>>;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  /** Tasks computed side by side; 1 unless the architecture stacks them. */
  readonly tasks: number;
  /** The state before the first batch; the caller owns it. Absent when there is none. */
  initialState?(batchSize: number): ModelState;
  apply(
    parameters: Readonly<Record<P, tf.Tensor>>,
    inputs: tf.Tensor,
    context: ApplyContext,
  ): Applied;
}
