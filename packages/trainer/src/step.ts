import type { Bank } from "@muir/hypermodule";
import type { ModelState } from "@muir/models";
import * as tf from "@tensorflow/tfjs-core";
import { freshStreams, replaceState } from "./model-states.js";
import type { Network } from "./network.js";
import { type StepInputs, stepGradients } from "./step-gradients.js";
import type { TrainingState } from "./training-state.js";

/** What one step leaves besides the new state; the caller owns the tensors. */
export interface StepResult {
  /** The mean loss of each stacked task, `[tasks]`, for each task. */
  readonly losses: readonly tf.Tensor1D[];
  readonly softWeights?: tf.Tensor2D;
  /** With `addUpGradients`: see {@link StepGradients.gradientSums}. */
  readonly gradientSums?: tf.Tensor1D;
}

/**
 * One joint step: all blocks are generated once; each task runs forward and backward to the
 * gradients of its own blocks and private parameters, and its graph is freed; the generator's
 * backward pass runs once; one optimizer step moves everything.
 *
 * Tensors of `state` are replaced and the old ones disposed, those of `inputs.softWeights` too; batches
 * stay the caller's.
 */
export function trainStep(network: Network, state: TrainingState, inputs: StepInputs): StepResult {
  startStreams(network, state, inputs);
  const { losses, gradients, gradientSums, modelStates } = stepGradients(network, state, inputs);
  const { bank, optimizer, privates } = state;
  const parameters = {
    ...privates,
    ...bank,
    ...(inputs.softWeights && { softWeights: inputs.softWeights }),
  } as Record<string, tf.Tensor>;
  const next = optimizer.step(parameters, gradients);
  tf.dispose([gradients, Object.keys(gradients).map((name) => parameters[name]!)] as never);
  const { softWeights, ...moved } = { ...parameters, ...next };
  state.privates = named(Object.keys(privates), moved);
  if (bank) state.bank = named(Object.keys(bank), moved) as unknown as Bank;
  for (const [task, modelState] of Object.entries(modelStates)) {
    state.modelStates[task] = replaceState(state.modelStates[task]!, modelState);
  }
  return {
    losses,
    ...(softWeights && { softWeights: softWeights as tf.Tensor2D }),
    ...(gradientSums && { gradientSums }),
  };
}

const named = (names: readonly string[], tensors: Record<string, tf.Tensor>) =>
  Object.fromEntries(names.map((name) => [name, tensors[name]!]));

/** A batch that goes on from no other starts from a stream's first state. */
function startStreams({ tasks }: Network, { modelStates }: TrainingState, { batches }: StepInputs) {
  for (const [i, { name, architecture }] of tasks.entries()) {
    const { continues, size } = batches[i]!;
    if (continues) continue;
    const old: ModelState = modelStates[name]!;
    modelStates[name] = replaceState(old, { ...old, ...freshStreams(architecture, size) });
  }
}
