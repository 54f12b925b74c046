import * as tf from "@tensorflow/tfjs-core";
import { composedLstm } from "./composed-lstm.js";
import { constant } from "./constant.js";
import { hasKernels, runKernel } from "./fused-kernel.js";
import { LSTM, LSTM_GRADIENT, type LstmGradientInputs, type LstmInputs } from "./lstm-kernel.js";
import { requireShapes } from "./require-shapes.js";
import { withGradient } from "./with-gradient.js";

/** Parameters of {@link lstmSequence} and the state it starts from, for I inputs and U units. */
export interface LstmSequenceOptions {
  /** From the inputs to the gates input, forget, candidate, output, side by side: `[I, 4U]`. */
  readonly kernel: tf.Tensor2D;
  /** From the previous step's outputs to the gates, `[U, 4U]`. */
  readonly recurrent: tf.Tensor2D;
  /** `[4U]`. */
  readonly bias: tf.Tensor1D;
  /** h before the first step, `[B, U]`. */
  readonly hidden: tf.Tensor2D;
  /** c before the first step, `[B, U]`. */
  readonly cell: tf.Tensor2D;
}

/** What {@link lstmSequence} returns; the caller owns the tensors. */
export interface LstmSequence {
  /** h after each step, `[T, B, U]`. */
  readonly outputs: tf.Tensor3D;
  /** h after the last step, `[B, U]`. A constant to differentiation. */
  readonly hidden: tf.Tensor2D;
  /** c after the last step, `[B, U]`. A constant to differentiation. */
  readonly cell: tf.Tensor2D;
}

/**
 * A layer of long short-term memory over T steps (Hochreiter & Schmidhuber 1997, with forget gates):
 * with the gates i, f, o = sigmoid(.) and g = tanh(.) of `x kernel + h recurrent + bias`,
 * `c' = f c + i g` and `h' = o tanh(c')`.
 *
 * Differentiable in x and every option through `outputs`. `hidden` and `cell` are what the next
 * batch of a stream starts from, and no gradient flows through them: backpropagation through time
 * ends with the batch.
 *
 * @param x `[T, B, I]`: time first, then the examples of a batch.
 * @throws {RangeError} if shapes do not fit each other.
 */
export function lstmSequence(x: tf.Tensor3D, options: LstmSequenceOptions): LstmSequence {
  const inputs: LstmInputs = { x, ...options };
  checkShapes(inputs);
  return tf.tidy(() => {
    const { outputs, cell } = hasKernels(LSTM, LSTM_GRADIENT)
      ? fused(inputs)
      : composedLstm(inputs);
    return { outputs, hidden: constant(() => lastStep(outputs)) as tf.Tensor2D, cell };
  });
}

function fused(inputs: LstmInputs): Pick<LstmSequence, "outputs" | "cell"> {
  const { x, kernel, recurrent, bias, hidden, cell } = inputs;
  const [outputs, cells, gates] = runKernel(LSTM, inputs);
  return {
    outputs: withGradient(outputs as tf.Tensor3D, {
      inputs: [x, kernel, recurrent, bias, hidden, cell],
      saved: [x, kernel, recurrent, hidden, cell, outputs!, cells!, gates!],
      gradient: (gradient, [x, kernel, recurrent, hidden, cell, outputs, cells, gates]) => {
        const again = { x, kernel, recurrent, hidden, cell, outputs, cells, gates, gradient };
        return runKernel(LSTM_GRADIENT, again as LstmGradientInputs);
      },
    }),
    cell: constant(() => lastStep(cells as tf.Tensor3D)) as tf.Tensor2D,
  };
}

function lastStep(steps: tf.Tensor3D): tf.Tensor2D {
  const [time, batch, units] = steps.shape;
  return tf.reshape(tf.slice(steps, [time - 1, 0, 0], [1, batch, units]), [batch, units]);
}

function checkShapes(inputs: LstmInputs): void {
  const { x, hidden, ...others } = inputs;
  requireShapes("lstmSequence", { x, hidden }, { x: ["T", "B", "I"], hidden: ["B", "U"] });
  const [time, batch, width] = x.shape;
  const units = hidden.shape[1];
  if (time < 1)
    throw new RangeError(`lstmSequence: x must hold at least one step; got [${x.shape}].`);
  requireShapes(
    "lstmSequence",
    { hidden, ...others },
    {
      hidden: [batch, units],
      cell: [batch, units],
      kernel: [width, 4 * units],
      recurrent: [units, 4 * units],
      bias: [4 * units],
    },
  );
}
