import {
  createTraining,
  type GenerationEvent,
  type Snapshot,
  type Task,
  type Training,
  type TrainingSettings,
} from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";

/** A few quick generations. Everything the search goes by is said, whatever the defaults are. */
export const quick: Partial<TrainingSettings> = {
  ...{ block: [4, 1], contextSize: 1, lambda: 4, fraction: 0.5, alpha: null, finalAlpha: null },
  ...{ generations: 4, finalGenerations: 2, stepsPerGeneration: 3 },
  ...{ learningRate: 0.05, softLearningRate: 0.05 },
};

/** Prepares a training, hands it to `use` and frees it, whatever happens. */
export async function withTraining<T>(
  tasks: readonly Task[],
  settings: Partial<TrainingSettings>,
  use: (training: Training) => Promise<T>,
): Promise<T> {
  const training = createTraining(tasks, settings);
  try {
    return await use(training);
  } finally {
    training.dispose();
  }
}

/** Trains to the end; one event a generation. */
export async function allEvents(
  training: Training,
  signal?: AbortSignal,
): Promise<GenerationEvent[]> {
  const events: GenerationEvent[] = [];
  for await (const event of training.generations(signal)) events.push(event);
  return events;
}

/** What a whole training said and where it ended. */
export async function outcome(tasks: readonly Task[], settings: Partial<TrainingSettings>) {
  return withTraining(tasks, settings, async (training) => {
    const events = await allEvents(training);
    const untimed = events.map(({ stepMilliseconds, ...event }) => event);
    return { events: untimed, snapshot: (await training.snapshot("latest"))! };
  });
}

/** A tensor of a snapshot, on the current backend. */
export function tensorOf({ tensors }: Snapshot, name: string): tf.Tensor {
  const { data, shape } = tensors[name]!;
  return tf.tensor(data, [...shape]);
}

/** The sum of all tasks' losses that an event or an evaluation reports. */
export const total = (losses: Iterable<{ readonly loss: readonly number[] }>): number =>
  [...losses].flatMap(({ loss }) => loss).reduce((sum, loss) => sum + loss, 0);
