import { assembleModel } from "@muir/decompose";
import { type Candidates, generateBlocks } from "@muir/hypermodule";
import type * as tf from "@tensorflow/tfjs-core";
import { type Network, privateName } from "./network.js";
import type { Task } from "./task.js";
import type { TrainingState } from "./training-state.js";

/** All blocks with these candidates, `[L, m, n]`; null when nothing is shared. */
export function blocksOf(
  { bank }: TrainingState,
  candidates: Candidates,
  softWeights?: tf.Tensor2D,
): tf.Tensor3D | null {
  return bank && generateBlocks(bank, candidates, softWeights);
}

/**
 * One task's weights, generated and private, by parameter name in the architecture's order.
 *
 * Private ones are the state's own tensors; call it inside a tidy, so that the rest is freed.
 */
export function weightsOf(
  { plan }: Network,
  { task, state, blocks }: { task: Task; state: TrainingState; blocks: tf.Tensor3D | null },
): Record<string, tf.Tensor> {
  const generated = blocks === null ? {} : assembleModel(blocks, plan, task.name);
  return Object.fromEntries(
    Object.keys(task.architecture.parameters).map((parameter) => [
      parameter,
      generated[parameter] ?? state.privates[privateName(task.name, parameter)]!,
    ]),
  );
}
