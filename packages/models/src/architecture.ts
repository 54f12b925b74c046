import type { ParameterKind, Shape } from "@muir/decompose";
import type * as tf from "@tensorflow/tfjs-core";

/**
 * How a parameter starts: normal with this standard deviation around `mean`, zero unless given, or constant. What
 * starts around anything but zero cannot be generated.
 */
export type Initializer =
  | { readonly standardDeviation: number; readonly mean?: number }
  | { readonly constant: number };

/** One named parameter of an architecture. */
export interface ParameterSpec {
  readonly shape: Shape;
  /** How its entries start, each drawn on its own. */
  readonly initial: Initializer;
  /** How the weights are read as matrices. Without it the parameter stays private to its task. */
  readonly kind?: ParameterKind;
}

/** What carries over from batch to batch without being trained: batch-norm averages, LSTM state. */
export type ModelState = Readonly<Record<string, tf.Tensor>>;

/** What one application of an architecture may depend on besides parameters and inputs. */
export interface ApplyContext {
  /** Whether the outputs are to be learned from (dropout on, batch statistics) or to be used. */
  readonly training: boolean;
  /** Uniform draws in [0, 1), for dropout. */
  readonly random: () => number;
  /** What the batch before returned, or `initialState`; `{}` where there is none. */
  readonly state: ModelState;
}

/** What one application returns; the caller owns the tensors. */
export interface Applied {
  /** A tensor of its own, never one of the arguments. */
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
  /** Shape of one example's inputs. */
  readonly inputShape: Shape;
  /** Shape of one example's outputs. */
  readonly outputShape: Shape;
  /** Tasks computed side by side; 1 unless the architecture stacks them. */
  readonly tasks: number;
  /**
   * How many different symbols inputs are made of: they are int32, from 0 to `symbols - 1`. Absent
   * where inputs are real numbers.
   */
  readonly symbols?: number;
  /**
   * Whether inputs and outputs go step by step, along their first axis after the batch, and no output
   * depends on later inputs: what a model that predicts the next word must obey.
   */
  readonly causal?: boolean;
  /** The state before the first batch; the caller owns it. Absent when there is none. */
  initialState?(batchSize: number): ModelState;
  /**
   * Names of the state that belongs to a stream of batches, not to the model: a recurrent network's
   * hidden state. It starts anew for each pass over a split.
   */
  readonly streamed?: readonly string[];
  /**
   * Computes the outputs for a batch of inputs. Depends on its arguments alone and leaves them as
   * they were; of the tensors it makes only those it returns live on.
   */
  apply(
    parameters: Readonly<Record<P, tf.Tensor>>,
    inputs: tf.Tensor,
    context: ApplyContext,
  ): Applied;
}
