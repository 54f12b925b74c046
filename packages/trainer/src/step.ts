import { dissect } from "@muir/decompose";
import { blocksGradient, type Candidates } from "@muir/hypermodule";
import type { ModelState } from "@muir/models";
import * as tf from "@tensorflow/tfjs-core";
import type { TensorBatch } from "./feed.js";
import { freshStreams, replaceState } from "./model-states.js";
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
}

/** What one step leaves besides the new state; the caller owns the tensors. */
export interface StepResult {
  /** The mean loss of each stacked task, `[tasks]`, for each task. */
  readonly losses: readonly tf.Tensor1D[];
  readonly softWeights?: tf.Tensor2D;
}

/**
 * One joint step: all blocks are generated once; each task runs forward and backward to the
 * gradients of its own blocks and private parameters, and its graph is freed; the generator's
 * backward pass runs once; one optimizer step moves everything.
 */
export function trainStep(network: Network, state: TrainingState, inputs: StepInputs): StepResult {
  startStreams(network, state, inputs);
  const { losses, gradients, modelStates } = gradientsOf(network, state, inputs);
  const { bank, optimizer, privates } = state;
  const parameters = {
    ...privates,
    ...bank,
    ...(inputs.softWeights && { softWeights: inputs.softWeights }),
  } as Record<string, tf.Tensor>;
  const next = optimizer.step(parameters, gradients);
  tf.dispose([gradients, Object.keys(gradients).map((name) => parameters[name]!)] as never);
  const { modules, contexts, softWeights, ...nextPrivates } = { ...parameters, ...next };
  state.privates = nextPrivates;
  if (bank) state.bank = { modules: modules as tf.Tensor4D, contexts: contexts as tf.Tensor2D };
  state.modelStates = modelStates;
  return { losses, ...(softWeights && { softWeights: softWeights as tf.Tensor2D }) };
}

/** A batch that goes on from no other starts from a stream's first state. */
function startStreams({ tasks }: Network, { modelStates }: TrainingState, { batches }: StepInputs) {
  for (const [i, { name, architecture }] of tasks.entries()) {
    const { continues, size } = batches[i]!;
    if (continues) continue;
    const old = modelStates[name]!;
    modelStates[name] = replaceState(old, { ...old, ...freshStreams(architecture, size) });
  }
}

function gradientsOf(network: Network, state: TrainingState, inputs: StepInputs) {
  const { candidates, softWeights, batches, random } = inputs;
  const modelStates: Record<string, ModelState> = {};
  const { losses, gradients } = tf.tidy(() => {
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
      modelStates[task.name] = replaceState(modelState, found.modelState);
      ofWeights[task.name] = found.gradients;
      for (const { model, parameter } of network.plan.private) {
        if (model !== task.name) continue;
        gradients[privateName(model, parameter)] = found.gradients[parameter]!;
      }
      return found.losses;
    });
    if (!state.bank) return { losses, gradients };
    const gradient = dissect(ofWeights, network.plan) as tf.Tensor3D; // all at once: one copy
    const ofBank = blocksGradient(state.bank, candidates, {
      ...(softWeights && { softWeights }),
      gradient,
    });
    const trained = state.bank.contexts.size === 0 ? withoutContexts(ofBank) : ofBank;
    return { losses, gradients: { ...gradients, ...trained } };
  });
  return { losses, gradients: gradients as Record<string, tf.Tensor>, modelStates };
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
