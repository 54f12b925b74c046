import type { Candidates } from "@muir/hypermodule";
import { firstSoftWeights, type Snapshot, type Task, type TrainingSettings } from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";
import type { ObviousState } from "./obvious-gradients.js";
import { recordedTask } from "./recorded-task.js";
import { allEvents, quick, tensorOf, withTraining } from "./trainings.js";
import { watchGenerator } from "./watch-generator.js";

/**
 * Trains one generation with a backend that has kernels of ours; what was there before and after, who
 * competed, and what each task was trained on.
 */
export async function oneGeneration(tasks: readonly Task[], settings: Partial<TrainingSettings>) {
  const recorded = tasks.map(recordedTask);
  const all = { ...quick, generations: 1, finalGenerations: 0, ...settings };
  const watchedTasks = recorded.map(({ task }) => task);
  return withTraining(watchedTasks, all, async (training) => {
    const before = (await training.snapshot("latest"))!;
    const generator = watchGenerator();
    const [event] = await allEvents(training).finally(generator.restore);
    return {
      plan: training.plan,
      candidates: generator.calls[0]!.candidates,
      recordings: Object.fromEntries(recorded.map(({ task, recording }) => [task.name, recording])),
      event: event!,
      before,
      after: (await training.snapshot("latest"))!,
    };
  });
}

/** Where the obvious program starts from, to do what {@link oneGeneration} did. */
export function obviousStart(
  tasks: readonly Task[],
  { before, candidates }: { before: Snapshot; candidates: Candidates },
  alpha: number | null,
): ObviousState {
  return {
    parameters: { ...parametersOf(before), ...softWeightsOf(candidates, alpha) },
    modelStates: statesOf(tasks),
  };
}

/** Parameters by the names that optimizers use, as tensors: a snapshot's without the first part. */
export function parametersOf(snapshot: Snapshot): Record<string, tf.Tensor> {
  const names = Object.keys(snapshot.tensors).filter((name) => /^(bank|private)[/]/.test(name));
  const named = names.map((name) => [name.replace(/^[^/]+[/]/, ""), tensorOf(snapshot, name)]);
  return Object.fromEntries(named.filter(([, tensor]) => (tensor as tf.Tensor).size > 0));
}

const statesOf = (tasks: readonly Task[]) =>
  Object.fromEntries(
    tasks.map(({ name, architecture, batchSize }) => [
      name,
      architecture.initialState?.(batchSize) ?? {},
    ]),
  );

function softWeightsOf({ locations, lambda }: Candidates, alpha: number | null) {
  if (locations.length === 0) return {};
  const row = firstSoftWeights(lambda, alpha);
  return { softWeights: tf.tile(tf.tensor2d([row]), [locations.length, 1]) };
}
