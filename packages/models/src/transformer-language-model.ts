import { dropout, embed } from "@muir/ops";
import * as tf from "@tensorflow/tfjs-core";
import type { Architecture, ParameterSpec } from "./architecture.js";
import { affine, affineParameters } from "./layers/affine.js";
import { attentionParameters, causalAttention, type Sequences } from "./layers/attention.js";
import { leCunNormal, zero } from "./layers/initial.js";
import { inLayer, ofLayer } from "./layers/layer-names.js";
import { layerNorm, layerNormParameters } from "./layers/layer-norm.js";
import { wordLogits } from "./layers/word-logits.js";
import { requireInputs } from "./require-inputs.js";
import { requireRate } from "./require-rate.js";
import { requireSizes } from "./require-sizes.js";

/** Sizes of {@link transformerLanguageModel}. */
export interface TransformerLanguageModelOptions {
  /** Different words. */
  readonly vocabulary: number;
  /** Steps of a window: as far back as a word can look. */
  readonly time: number;
  /** 2 unless told otherwise. */
  readonly layers?: number;
  /** Numbers that describe a word on its way; a multiple of `heads`. 128 unless told otherwise. */
  readonly width?: number;
  /** 4 unless told otherwise. */
  readonly heads?: number;
  /** The share of entries dropped of the embedded words and of what each half layer adds. 0.1 unless told otherwise. */
  readonly dropout?: number;
}

/**
 * A small transformer that predicts the next word (Vaswani et al. 2017; normalization first, as in Radford
 * et al. 2019). Words and their positions are embedded; each layer adds what attention finds among
 * earlier words, then what two dense layers with relu and four times the width make of each word; the
 * same embedding gives the logits.
 *
 * Every projection can be shared; embeddings, normalizations and biases are private. Inputs are tokens
 * `[batch, time]`, int32; outputs logits `[batch, time, vocabulary]`.
 *
 * Projections start with variance 1 / inputs (2 / inputs before relu), those that end a half layer with
 * 1 / (2 layers) of it, so that the sum of all half layers does not grow with their number; embeddings
 * with standard deviation 1 / sqrt(width); biases and offsets at 0, scales at 1.
 *
 * @throws {RangeError} if a size is not a positive integer, `heads` does not divide `width` or `dropout` is
 *   not in [0, 1); and, when applied, if inputs have another shape or a token is out of range (cpu, wasm).
 * @throws {TypeError} when applied, if inputs are not int32.
 * @example
 * ```ts
 * transformerLanguageModel({ vocabulary: 100, time: 16 }).outputShape; // [16, 100]
 * ```
 */
export function transformerLanguageModel({
  vocabulary,
  time,
  layers = 2,
  width = 128,
  heads = 4,
  dropout: rate = 0.1,
}: TransformerLanguageModelOptions): Architecture {
  requireSizes("transformerLanguageModel", { vocabulary, time, layers, width, heads });
  if (width % heads !== 0) {
    throw new RangeError(
      `transformerLanguageModel: width must be a multiple of heads; got ${width} and ${heads}.`,
    );
  }
  requireRate("transformerLanguageModel", rate);
  const names = Array.from({ length: layers }, (_, i) => `layer${i + 1}`);
  const inputShape = [time];
  const embeddings = { initial: leCunNormal(width) };
  return {
    name: "transformer-language-model",
    parameters: {
      embedding: { shape: [vocabulary, width], ...embeddings },
      positions: { shape: [time, width], ...embeddings },
      ...Object.assign({}, ...names.map((name) => inLayer(name, layerParameters(width, layers)))),
      ...inLayer("norm", layerNormParameters(width)),
      "softmax.bias": { shape: [vocabulary], initial: zero },
    },
    inputShape,
    outputShape: [time, vocabulary],
    tasks: 1,
    symbols: vocabulary,
    causal: true,
    apply(parameters, tokens, { training, random, state }) {
      requireInputs("transformerLanguageModel", tokens, { inputShape, symbols: vocabulary });
      const batch = tokens.shape[0]!;
      const embedding = parameters["embedding"] as tf.Tensor2D;
      const drop = (x: tf.Tensor) => (training ? dropout(x, { rate, random }) : x) as tf.Tensor2D;
      const outputs = tf.tidy(() => {
        const words = tf.add(embed(embedding, tokens), parameters["positions"]!);
        let x = drop(tf.reshape(words, [batch * time, width]));
        for (const name of names) {
          const sizes = { batch, time, heads };
          x = transformerLayer(x, ofLayer(parameters, name), { ...sizes, drop });
        }
        const rows = layerNorm(x, ofLayer(parameters, "norm"));
        const logits = wordLogits(rows, { embedding, bias: parameters["softmax.bias"]! });
        return tf.reshape(logits, [batch, time, vocabulary]);
      });
      return { outputs, state };
    },
  };
}

interface LayerOptions extends Sequences {
  readonly heads: number;
  drop(x: tf.Tensor): tf.Tensor2D;
}

function transformerLayer(
  x: tf.Tensor2D,
  parameters: Readonly<Record<string, tf.Tensor>>,
  { drop, ...sizes }: LayerOptions,
): tf.Tensor2D {
  const part = (name: string) => ofLayer(parameters, name);
  const found = causalAttention(layerNorm(x, part("norm1")), part("attention"), sizes);
  const informed: tf.Tensor2D = tf.add(x, drop(affine(found, part("attended"))));
  const features = tf.relu(affine(layerNorm(informed, part("norm2")), part("dense1")));
  return tf.add(informed, drop(affine(features, part("dense2"))));
}

function layerParameters(width: number, layers: number): Record<string, ParameterSpec> {
  const ending = (inputs: number) => ({ standardDeviation: Math.sqrt(1 / (2 * layers * inputs)) });
  const dense = (inputs: number, outputs: number, initial = ending(inputs)) =>
    affineParameters({ inputs, outputs, isShared: true, initial });
  return {
    ...inLayer("norm1", layerNormParameters(width)),
    ...inLayer("attention", attentionParameters(width)),
    ...inLayer("attended", dense(width, width)),
    ...inLayer("norm2", layerNormParameters(width)),
    ...inLayer("dense1", affineParameters({ inputs: width, outputs: 4 * width, isShared: true })),
    ...inLayer("dense2", dense(4 * width, width)),
  };
}
