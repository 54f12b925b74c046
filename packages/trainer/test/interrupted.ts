import type {
  GenerationEvent,
  StateNumbers,
  Task,
  TrainingCheckpoint,
  TrainingSettings,
} from "@muir/trainer";
import { createTraining, type Training } from "@muir/trainer";

type Untimed = Omit<GenerationEvent, "stepMilliseconds">;

/** What a training said, the checkpoint of its end, and what it would deploy. */
export interface Whole {
  readonly events: readonly Untimed[];
  readonly end: TrainingCheckpoint;
  readonly deployed: StateNumbers["tensors"];
}

/**
 * Trains to the end; after each generation of `stops` a checkpoint is taken, everything else thrown
 * away, and a new training made of it and of tasks made anew.
 */
export async function interrupted(
  tasksOf: () => readonly Task[],
  settings: Partial<TrainingSettings>,
  { stops = [], from }: { stops?: readonly number[]; from?: TrainingCheckpoint } = {},
): Promise<Whole> {
  const events: Untimed[] = [];
  let resume = from;
  for (;;) {
    const training = createTraining(tasksOf(), settings, resume ? { resume } : {});
    try {
      const stopped = await untilStop(training, { stops, events });
      if (stopped === null) {
        const { tensors } = (await training.snapshot("latest"))!;
        return { events, end: await training.checkpoint(), deployed: tensors };
      }
      resume = thawed(stopped);
    } finally {
      training.dispose();
    }
  }
}

async function untilStop(
  training: Training,
  { stops, events }: { stops: readonly number[]; events: Untimed[] },
): Promise<TrainingCheckpoint | null> {
  const stop = new AbortController();
  for await (const { stepMilliseconds, ...event } of training.generations(stop.signal)) {
    events.push(event);
    if (!stops.includes(event.generation)) continue;
    // either way must do: while the loop waits, or after the signal ended it
    if (event.generation % 2 === 0) return training.checkpoint();
    stop.abort();
  }
  return stop.signal.aborted ? training.checkpoint() : null;
}

/** The checkpoint as a file would give it back: all but the tensors by way of JSON. */
export function thawed({ latest, best, ...rest }: TrainingCheckpoint): TrainingCheckpoint {
  const state = <T extends StateNumbers>({ tensors, alignment, ...counters }: T): T => {
    const read = JSON.parse(JSON.stringify(counters));
    return { ...read, tensors: structuredClone(tensors), alignment: alignment.slice() };
  };
  return {
    ...JSON.parse(JSON.stringify(rest)),
    latest: state(latest),
    best: best && state(best),
  };
}
