import * as tf from "@tensorflow/tfjs-core";
import type { Architecture, ParameterSpec } from "./architecture.js";
import { affine, affineParameters } from "./layers/affine.js";
import { heNormal, leCunNormal } from "./layers/initial.js";
import { inLayer, ofLayer } from "./layers/layer-names.js";
import { requireInputs } from "./require-inputs.js";
import { requireSizes } from "./require-sizes.js";

/** Sizes of {@link perceptron}. */
export interface PerceptronOptions {
  /** Numbers that describe one example, units of each hidden layer, outputs: two sizes or more. */
  readonly sizes: readonly number[];
  /** Between layers. `"relu"` unless told otherwise. */
  readonly activation?: "relu" | "tanh";
}

const activations = { relu: tf.relu<tf.Tensor2D>, tanh: tf.tanh<tf.Tensor2D> };

/**
 * Dense layers with an activation between them: a multilayer perceptron. All kernels can be shared.
 *
 * Kernels start with variance 2 / inputs before relu (He et al. 2015), 1 / inputs before tanh and at
 * the end; biases at 0.
 *
 * @throws {RangeError} if there are fewer than two sizes or one is not a positive integer; and, when
 *   applied, if the inputs have another shape.
 * @example
 * ```ts
 * perceptron({ sizes: [4, 8, 2] }).parameters["dense1.kernel"]!.shape; // [4, 8]
 * ```
 */
export function perceptron({ sizes, activation = "relu" }: PerceptronOptions): Architecture {
  if (sizes.length < 2) {
    throw new RangeError(
      `perceptron: sizes must hold the inputs, any hidden layers and the outputs; got [${sizes}].`,
    );
  }
  requireSizes("perceptron", Object.fromEntries(sizes.map((size, i) => [`sizes[${i}]`, size])));
  const inputShape = sizes.slice(0, 1);
  const layers = sizes.slice(1).map((outputs, i) => ({
    name: `dense${i + 1}`,
    inputs: sizes[i]!,
    outputs,
    isLast: i + 2 === sizes.length,
  }));
  const parameters = layers.map(({ name, inputs, outputs, isLast }) => {
    const initial = activation === "relu" && !isLast ? heNormal(inputs) : leCunNormal(inputs);
    return inLayer(name, affineParameters({ inputs, outputs, isShared: true, initial }));
  });
  return {
    name: "perceptron",
    parameters: Object.assign({}, ...parameters) as Record<string, ParameterSpec>,
    inputShape,
    outputShape: sizes.slice(-1),
    tasks: 1,
    apply(parameters, inputs, { state }) {
      requireInputs("perceptron", inputs, { inputShape });
      const outputs = tf.tidy(() =>
        layers.reduce((x, { name, isLast }) => {
          const sums = affine(x, ofLayer(parameters, name));
          return isLast ? sums : activations[activation](sums);
        }, inputs as tf.Tensor2D),
      );
      return { outputs, state };
    },
  };
}
