import * as tf from "@tensorflow/tfjs-core";
import type { DecompositionPlan, SharedParameter } from "./decomposition-plan.js";
import { locationsOf } from "./model-locations.js";
import { rearrange } from "./rearrange.js";

/**
 * Cuts the weights of every model into blocks, `[L, m, n]`, with zeros past the edges.
 *
 * The inverse of {@link assemble}, `assemble(dissect(w)) = w`, and its adjoint: it takes a gradient
 * with respect to the weights to the gradient with respect to the blocks.
 *
 * The caller owns the result and disposes it; the weights stay the caller's too. If there is a single
 * weight, the result may be a reshape of it: see {@link assemble} for what that forbids.
 *
 * @param weights weights[model][parameter]. Private parameters are not looked at.
 * @throws {RangeError} if a shared parameter is missing or has another shape than in the plan.
 * @example
 * ```ts
 * dissect({ lenet: { conv2, fc1, fc2 } }, plan).shape; // [361, 16, 16]
 * ```
 */
export function dissect(
  weights: Readonly<Record<string, Readonly<Record<string, tf.Tensor>>>>,
  plan: DecompositionPlan,
): tf.Tensor {
  const given = plan.shared.map((parameter) =>
    weightOf(weights[parameter.model], { parameter, caller: "dissect" }),
  );
  return cut(given, { shared: plan.shared, plan });
}

/**
 * The blocks of one model, `[count, m, n]`: the rows `first` to `first + count - 1` that
 * {@link dissect} would give (see `modelLocations`).
 *
 * @param weights the model's weights by parameter. Private parameters are not looked at.
 * @throws {RangeError} if a shared parameter is missing or has another shape than in the plan, or
 * the plan has no such model.
 */
export function dissectModel(
  weights: Readonly<Record<string, tf.Tensor>>,
  plan: DecompositionPlan,
  model: string,
): tf.Tensor {
  locationsOf(model, { plan, caller: "dissectModel" }); // rejects a model that is not in the plan
  const shared = plan.shared.filter((parameter) => parameter.model === model);
  const given = shared.map((parameter) => weightOf(weights, { parameter, caller: "dissectModel" }));
  return cut(given, { shared, plan });
}

function cut(
  weights: readonly tf.Tensor[],
  { shared, plan }: { shared: readonly SharedParameter[]; plan: DecompositionPlan },
): tf.Tensor {
  const [m, n] = plan.block;
  return tf.tidy(() => {
    const parts = weights.map((weight, i) => {
      const { rearrangements, count } = shared[i]!;
      return tf.reshape(rearrange(weight, rearrangements), [count, m, n]);
    });
    if (parts.length === 0) return tf.zeros([0, m, n]);
    return parts.length === 1 ? parts[0]! : tf.concat(parts);
  });
}

function weightOf(
  weights: Readonly<Record<string, tf.Tensor>> | undefined,
  { parameter, caller }: { parameter: SharedParameter; caller: string },
): tf.Tensor {
  const weight = weights?.[parameter.parameter];
  const expected = `parameter "${parameter.parameter}" of model "${parameter.model}" must be [${parameter.shape}]`;
  if (weight === undefined) {
    throw new RangeError(`${caller}: ${expected}; it is missing from the weights.`);
  }
  if (String(weight.shape) !== String(parameter.shape)) {
    throw new RangeError(`${caller}: ${expected}; got [${weight.shape}].`);
  }
  return weight;
}
