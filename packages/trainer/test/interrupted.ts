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
 * Trains to the end; after each of the steps `stops`, numbered from 1 over all generations, a checkpoint
 * is taken, everything else thrown away, and a new training made of it and of tasks made anew.
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
    const start = resume ? resume.latest.steps + (resume.midway?.step ?? 0) : 0;
    try {
      const stopped = await untilStop(training, { stops, events, start });
      if (stopped === null) {
        const { tensors } = (await training.snapshot("best"))!;
        return { events, end: await training.checkpoint(), deployed: tensors };
      }
      resume = thawed(stopped);
    } finally {
      training.dispose();
    }
  }
}

/** Every other stop is taken while training waits, the others after it was told to stop. */
async function untilStop(
  training: Training,
  { stops, events, start }: { stops: readonly number[]; events: Untimed[]; start: number },
): Promise<TrainingCheckpoint | null> {
  const { stepsPerGeneration } = training.settings;
  const stop = new AbortController();
  let steps = start;
  let taken: TrainingCheckpoint | null = null;
  const isStop = async () => {
    if (!stops.includes(steps)) return false;
    stop.abort();
    if (steps % 2 === 0) taken = await training.checkpoint();
    return true;
  };
  const pause = async () => {
    steps += 1;
    return !(await isStop());
  };
  for await (const { stepMilliseconds, ...event } of training.generations(stop.signal, { pause })) {
    events.push(event);
    steps = event.generation * stepsPerGeneration;
    if (await isStop()) break;
  }
  return stop.signal.aborted ? (taken ?? training.checkpoint()) : null;
}

/** The checkpoint as a file would give it back: all but large arrays by way of JSON. */
export function thawed({ latest, best, midway, ...rest }: TrainingCheckpoint): TrainingCheckpoint {
  const state = <T extends StateNumbers>({ tensors, alignment, ...counters }: T): T => {
    const read = JSON.parse(JSON.stringify(counters));
    return { ...read, tensors: structuredClone(tensors), alignment: alignment.slice() };
  };
  return {
    ...JSON.parse(JSON.stringify(rest)),
    latest: state(latest),
    midway: structuredClone(midway),
    best: best && state(best),
  };
}
