import type { NumericArray } from "@muir/data";
import { assemble, type DecompositionPlan } from "@muir/decompose";
import type { Candidates } from "@muir/hypermodule";
import type { ModelState } from "@muir/models";
import type { Task } from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";
import { batchAt, drawsAt, type Recording } from "./recorded-task.js";

/** Everything one obvious step starts from. */
export interface ObviousState {
  /**
   * `modules`, `contexts` (unless c = 0), `adapterIn` and `adapterOut` (if there are), `softWeights` (if
   * candidates compete), `TASK/PARAMETER`.
   */
  readonly parameters: Record<string, tf.Tensor>;
  readonly modelStates: Record<string, ModelState>;
}

/** What does not change from step to step. */
export interface ObviousNetwork {
  readonly tasks: readonly Task[];
  readonly plan: DecompositionPlan;
  readonly candidates: Candidates;
  /** By task name. */
  readonly recordings: Readonly<Record<string, Recording>>;
}

/**
 * Losses and gradients the way one would first write them: the softmax mixture of Eq. 8 over all
 * candidates of all locations, all weights, the sum of all losses, and one tape over the whole.
 *
 * Each task sees what was recorded of the step, counted from 0.
 */
export function obviousGradients(
  { parameters, modelStates }: ObviousState,
  { tasks, plan, candidates, recordings }: ObviousNetwork,
  step: number,
) {
  const next: Record<string, ModelState> = {};
  const losses: Record<string, number[]> = {};
  const variables = Object.entries(parameters).map(([name, tensor]) =>
    tf.variable(tensor, true, `obvious/${name}`),
  );
  const { grads } = tf.variableGrads(() => {
    const named = Object.fromEntries(
      Object.keys(parameters).map((name, i) => [name, variables[i] as tf.Tensor]),
    );
    const generated = plan.locations === 0 ? {} : assemble(mixture(named, plan, candidates), plan);
    const terms = tasks.map((task) => {
      const { name, architecture, loss, weight = 1 } = task;
      const weights = Object.fromEntries(
        Object.keys(architecture.parameters).map((parameter) => [
          parameter,
          generated[name]?.[parameter] ?? named[`${name}/${parameter}`]!,
        ]),
      );
      const batch = batchAt(recordings[name]!, step);
      const state = { ...modelStates[name]! };
      for (const stream of batch.continues ? [] : (architecture.streamed ?? [])) {
        state[stream] = architecture.initialState!(batch.size)[stream]!;
      }
      const context = { training: true, random: drawsAt(recordings[name]!, step), state };
      const applied = architecture.apply(weights, tensor(batch.inputs), context);
      for (const part of Object.values(applied.state)) tf.keep(part);
      next[name] = applied.state;
      const found = loss.of(applied.outputs, tensor(batch.targets), architecture.tasks);
      losses[name] = Array.from(found.dataSync());
      return tf.mul(tf.sum(found), weight);
    });
    return tf.addN(terms) as tf.Scalar;
  });
  const gradients = Object.fromEntries(
    Object.keys(parameters).map((name) => [name, grads[`obvious/${name}`]!]),
  );
  tf.dispose(variables);
  return { losses, gradients, modelStates: next };
}

const tensor = ({ data, shape }: NumericArray) =>
  tf.tensor(data, [...shape], data instanceof Float32Array ? "float32" : "int32");

/** Eq. 8 at every location alike, unlisted ones with all belief in slot 0; and what adapters add. */
function mixture(
  { modules, contexts, softWeights, adapterIn, adapterOut }: Record<string, tf.Tensor>,
  { locations: count, block }: DecompositionPlan,
  { alignment, locations, challengers, lambda }: Candidates,
): tf.Tensor {
  const [modulesCount, rank] = modules!.shape as [number, number];
  const size = block[0] * block[1];
  const z = contexts ?? tf.ones([count, 1]);
  const listed = Array.from(alignment, (_, l) => locations.indexOf(l));
  const terms = Array.from({ length: lambda + 1 }, (_, slot) => {
    const module = listed.map((row, l) =>
      slot === 0 || row < 0 ? alignment[l]! : challengers[row * lambda + slot - 1]!,
    );
    const chosen = tf.matMul(
      tf.oneHot(tf.tensor1d(module, "int32"), modulesCount),
      tf.reshape(modules!, [modulesCount, -1]) as tf.Tensor2D,
    );
    const block = tf.sum(tf.mul(tf.reshape(chosen, [count, rank, size]), tf.expandDims(z, 2)), 1);
    return tf.mul(block, belief(slot, { listed, count, softWeights }));
  });
  const generated = tf.reshape(tf.addN(terms), [count, ...block]);
  if (!adapterIn || !adapterOut) return generated;
  const products = tf.mul(tf.expandDims(adapterIn, 3), tf.expandDims(adapterOut, 1)); // [L, m, r, n]
  return tf.add(generated, tf.sum(products, 2));
}

function belief(
  slot: number,
  given: { listed: number[]; count: number; softWeights: tf.Tensor | undefined },
): tf.Tensor {
  const { listed, count, softWeights } = given;
  const alone = tf.tensor2d(
    listed.map((row) => (row < 0 && slot === 0 ? 1 : 0)),
    [count, 1],
  );
  if (softWeights === undefined) return alone;
  const column = tf.slice(tf.softmax(softWeights), [0, slot], [-1, 1]);
  const place = listed.flatMap((row) =>
    Array.from({ length: softWeights.shape[0]! }, (_, i) => (i === row ? 1 : 0)),
  );
  const places = tf.tensor2d(place, [count, softWeights.shape[0]!]);
  return tf.add(alone, tf.matMul(places, column as tf.Tensor2D));
}
