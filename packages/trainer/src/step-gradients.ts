import { dissect } from "@muir/decompose";
import { blocksGradient, type Candidates } from "@muir/hypermodule";
import type { ModelState } from "@muir/models";
import * as tf from "@tensorflow/tfjs-core";
import type { TensorBatch } from "./feed.js";
import { type Network, privateName } from "./network.js";
import type { Task } from "./task.js";
import type { TrainingState } from "./training-state.js";
import { blocksOf, weightsOf } from "./weights.js";

/** What one step trains with. */
export interface StepInputs {
  readonly candidates: Candidates;
  /** Absent when no location has challengers. */
  readonly softWeights?: tf.Tensor2D;
  /** One batch for each task, in the tasks' order. */
  readonly batches: readonly TensorBatch[];
  /** Uniform draws for dropout, by task name. */
  readonly random: Readonly<Record<string, () => number>>;
  /** Whether to add up each weight's gradient: a sum tells cheaply whether all of it is finite. Default: false. */
  readonly addUpGradients?: boolean;
}

/** What {@link stepGradients} found; the caller owns the tensors. */
export interface StepGradients {
  /** The mean loss of each stacked task, `[tasks]`, for each task. */
  readonly losses: readonly tf.Tensor1D[];
  /** By the names of optimizers: those of the bank's tensors, `softWeights` and `task/parameter`. */
  readonly gradients: Record<string, tf.Tensor>;
  /** With `addUpGradients`: a sum for each weight, of the tasks and their parameters in order. */
  readonly gradientSums?: tf.Tensor1D;
  /** The models' new states by task; what a model does not change is the state's own tensor. */
  readonly modelStates: Record<string, ModelState>;
}

/** Losses and all gradients of one joint step; nothing of `state` changes. */
export function stepGradients(
  network: Network,
  state: TrainingState,
  { candidates, softWeights, batches, random, addUpGradients = false }: StepInputs,
): StepGradients {
  const modelStates: Record<string, ModelState> = {};
  const { losses, gradients, sums } = tf.tidy(() => {
    const blocks = blocksOf(state, candidates, softWeights);
    const gradients: Record<string, tf.Tensor> = {};
    const ofWeights: Record<string, Readonly<Record<string, tf.Tensor>>> = {};
    const losses = network.tasks.map((task, i) => {
      const modelState = state.modelStates[task.name]!;
      const given = { batch: batches[i]!, random: random[task.name]!, modelState };
      const found = tf.tidy(() => {
        const weights = weightsOf(network, { task, state, blocks });
        return taskGradients(task, { weights, ...given });
      });
      modelStates[task.name] = found.modelState;
      ofWeights[task.name] = found.gradients;
      for (const { model, parameter } of network.plan.private) {
        if (model !== task.name) continue;
        gradients[privateName(model, parameter)] = found.gradients[parameter]!;
      }
      return found.losses;
    });
    const sums = addUpGradients ? { gradientSums: sumsOf(Object.values(ofWeights)) } : {};
    if (!state.bank) return { losses, gradients, sums };
    const gradient = dissect(ofWeights, network.plan) as tf.Tensor3D; // all at once: one copy
    const ofBank = blocksGradient(state.bank, candidates, {
      ...(softWeights && { softWeights }),
      gradient,
    });
    const trained = state.bank.contexts.size === 0 ? withoutContexts(ofBank) : ofBank;
    return { losses, gradients: { ...gradients, ...trained }, sums };
  });
  return { losses, gradients: gradients as Record<string, tf.Tensor>, ...sums, modelStates };
}

function sumsOf(gradients: readonly Readonly<Record<string, tf.Tensor>>[]): tf.Tensor1D {
  return tf.stack(
    gradients.flatMap((ofTask) => Object.values(ofTask).map((each) => tf.sum(each))),
  ) as tf.Tensor1D;
}

interface TaskInputs {
  readonly weights: Record<string, tf.Tensor>;
  readonly batch: TensorBatch;
  readonly random: () => number;
  readonly modelState: ModelState;
}

/** Forward and backward through one task: its losses, the gradient of each weight, its new state. */
function taskGradients(task: Task, { weights, batch, random, modelState }: TaskInputs) {
  const { architecture, loss, weight = 1 } = task;
  const names = Object.keys(weights);
  let next: ModelState = modelState;
  const lossesOf = (...tensors: tf.Tensor[]) => {
    const parameters = Object.fromEntries(names.map((name, i) => [name, tensors[i]!]));
    const context = { training: true, random, state: modelState };
    const applied = architecture.apply(parameters, batch.inputs, context);
    for (const tensor of Object.values(applied.state)) tf.keep(tensor); // outlives the tape
    next = applied.state;
    return loss.of(applied.outputs, batch.targets, architecture.tasks);
  };
  const upstream = tf.fill([architecture.tasks], weight);
  // tfjs types the function as giving one loss; with an upstream gradient it may give several
  const { value, grads } = tf.valueAndGrads(
    lossesOf as unknown as (...x: tf.Tensor[]) => tf.Scalar,
  )(
    names.map((name) => weights[name]!),
    upstream as tf.Tensor as tf.Scalar,
  );
  return {
    losses: value as tf.Tensor as tf.Tensor1D,
    gradients: Object.fromEntries(names.map((name, i) => [name, grads[i]!])),
    modelState: next,
  };
}

function withoutContexts<T extends { contexts: tf.Tensor }>({ contexts, ...rest }: T) {
  contexts.dispose();
  return rest;
}
