import type { Shape } from "@muir/decompose";
import { dropout, embed, lstmSequence } from "@muir/ops";
import * as tf from "@tensorflow/tfjs-core";
import type { Architecture, ModelState } from "./architecture.js";
import { leCunNormal, zero } from "./layers/initial.js";
import { inLayer, ofLayer } from "./layers/layer-names.js";
import { lstmParameters, lstmStateShapes } from "./layers/lstm.js";
import { wordLogits } from "./layers/word-logits.js";
import { requireInputs } from "./require-inputs.js";
import { requireRate } from "./require-rate.js";
import { requireSizes } from "./require-sizes.js";
import { requireState } from "./require-state.js";

/** Sizes of {@link stackedLstm}. */
export interface StackedLstmOptions {
  /** Different words. 33,278, WikiText-2's, unless told otherwise. */
  readonly vocabulary?: number;
  /** Steps of one window of a stream. 35 unless told otherwise. */
  readonly time?: number;
  /** LSTM layers. 2 unless told otherwise. */
  readonly layers?: number;
  /** Units of each layer. 256 unless told otherwise. */
  readonly units?: number;
  /**
   * Whether words are predicted with the embedding that they are read with, whose size is then that of
   * a layer (Press & Wolf 2017). `true` unless told otherwise.
   */
  readonly tied?: boolean;
  /** Numbers that a word is embedded in. As many as units unless told otherwise. */
  readonly embedding?: number;
  /** The share of entries dropped of the embedded words and of each layer's outputs. 0.2 unless told otherwise. */
  readonly dropout?: number;
}

/**
 * A language model of stacked LSTM layers as the paper has it: words are embedded, pass through the
 * layers, and the same embedding gives the logits of the next word; or one of its own, `softmax.kernel`,
 * where they are not tied. In training, dropout follows the
 * embedding and every layer, as Zaremba et al. (2014) have it: never between steps.
 *
 * The input and the recurrent kernel of each layer can be shared, four matrices each: 4096 blocks of
 * 16 x 16. Inputs are tokens `[batch, time]`, int32; outputs logits `[batch, time, vocabulary]`.
 * Everything starts with standard deviation 1 / sqrt(units), but biases, which start at 0.
 *
 * State: `lstm1.hidden`, `lstm1.cell` and so on, `[batch, units]`, which the windows of a stream hand
 * on. Gradients end with a window.
 *
 * @throws {RangeError} if a size is not a positive integer or `dropout` not in [0, 1); and, when
 *   applied, if inputs or state have another shape or a token is out of range (cpu, wasm).
 * @throws {TypeError} when applied, if inputs are not int32.
 * @example
 * ```ts
 * stackedLstm({ units: 512 }).parameters["lstm1.kernel"]!.shape; // [512, 2048]
 * ```
 */
export function stackedLstm({
  vocabulary = 33_278,
  time = 35,
  layers = 2,
  units = 256,
  tied = true,
  embedding: width = units,
  dropout: rate = 0.2,
}: StackedLstmOptions = {}): Architecture {
  requireSizes("stackedLstm", { vocabulary, time, layers, units, embedding: width });
  if (tied && width !== units) {
    throw new RangeError(
      `stackedLstm: embedding must be as large as units, ${units}, where it is tied; got ${width}. Set tied to false.`,
    );
  }
  requireRate("stackedLstm", rate);
  const names = Array.from({ length: layers }, (_, i) => `lstm${i + 1}`);
  const stateShapes = (batch: number): Record<string, Shape> =>
    Object.assign({}, ...names.map((name) => inLayer(name, lstmStateShapes(batch, units))));
  const inputShape = [time];
  const initial = leCunNormal(units);
  return {
    name: "stacked-lstm",
    parameters: {
      embedding: { shape: [vocabulary, width], initial },
      ...Object.assign(
        {},
        ...names.map((name, i) =>
          inLayer(name, lstmParameters({ inputs: i === 0 ? width : units, units })),
        ),
      ),
      ...(!tied && { "softmax.kernel": { shape: [vocabulary, units], initial } }),
      "softmax.bias": { shape: [vocabulary], initial: zero },
    },
    inputShape,
    outputShape: [time, vocabulary],
    tasks: 1,
    symbols: vocabulary,
    causal: true,
    initialState: (batch) =>
      Object.fromEntries(
        Object.entries(stateShapes(batch)).map(([name, shape]) => [name, tf.zeros([...shape])]),
      ),
    streamed: Object.keys(stateShapes(1)),
    apply(parameters, tokens, { training, random, state }) {
      requireInputs("stackedLstm", tokens, { inputShape, symbols: vocabulary });
      const batch = tokens.shape[0]!;
      requireState("stackedLstm", state, { batch, shapes: stateShapes(batch) });
      const embedding = parameters["embedding"] as tf.Tensor2D;
      const drop = (x: tf.Tensor) => (training ? dropout(x, { rate, random }) : x);
      return tf.tidy(() => {
        let next: ModelState = {};
        let x = drop(embed(embedding, tf.transpose(tokens))) as tf.Tensor3D; // time first
        for (const name of names) {
          const given = { ...ofLayer(parameters, name), ...ofLayer(state, name) };
          const { outputs, ...last } = lstmSequence(x, given as never);
          next = { ...next, ...inLayer(name, last) };
          x = drop(outputs) as tf.Tensor3D;
        }
        const rows = tf.reshape(tf.transpose(x, [1, 0, 2]), [batch * time, units]) as tf.Tensor2D;
        const logits = wordLogits(rows, {
          embedding: parameters[tied ? "embedding" : "softmax.kernel"]!,
          bias: parameters["softmax.bias"]!,
        });
        return { outputs: tf.reshape(logits, [batch, time, vocabulary]), state: { ...next } };
      });
    },
  };
}
