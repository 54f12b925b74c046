import type {
  BestNumbers,
  MidwayNumbers,
  SnapshotTensor,
  StateNumbers,
  TrainingCheckpoint,
} from "@muir/trainer";

/** A checkpoint taken apart: what goes into JSON, and the tensors of each safetensors file. */
export interface CheckpointParts {
  readonly training: TrainingRecord;
  readonly files: Readonly<Record<string, Tensors>>;
}

type Tensors = Readonly<Record<string, SnapshotTensor>>;
type Counters<State extends StateNumbers> = Omit<State, "tensors" | "alignment">;

/** All of a checkpoint that is no array of numbers. */
export interface TrainingRecord extends Pick<TrainingCheckpoint, "origin" | "phase"> {
  readonly latest: Counters<TrainingCheckpoint["latest"]>;
  /** With the file that its tensors are in: the latest state's, where it is the best. */
  readonly best: (Counters<BestNumbers> & { readonly file: string }) | null;
  readonly midway:
    | (Pick<MidwayNumbers, "step" | "milliseconds"> & { readonly competes: boolean })
    | null;
}

/** The state to go on from. */
export const LATEST = "latest.safetensors";
/** The state that validates best, where it is another. */
export const BEST = "best.safetensors";

/** Takes a checkpoint apart; arrays are shared. */
export function checkpointParts(checkpoint: TrainingCheckpoint): CheckpointParts {
  const { origin, phase, latest, best, midway } = checkpoint;
  const { tensors, alignment, ...counters } = latest;
  const file = best?.tensors === tensors ? LATEST : BEST;
  return {
    training: {
      ...{ origin, phase, latest: counters },
      best: best && { ...bestCounters(best), file },
      midway: midway && {
        step: midway.step,
        milliseconds: midway.milliseconds,
        competes: midway.competition !== null,
      },
    },
    files: {
      [LATEST]: { ...withAlignment(latest), ...(midway && midwayTensors(midway)) },
      ...(best && file === BEST && { [BEST]: withAlignment(best) }),
    },
  };
}

/**
 * Puts a checkpoint together again. The trainer checks it as a whole.
 *
 * @throws {TypeError} if a file or tensor that the record asks for is missing.
 */
export function checkpointFromParts({ training, files }: CheckpointParts): TrainingCheckpoint {
  const { origin, phase, latest, best, midway } = training;
  const { midwayTensors, ...latestState } = splitMidway(files[LATEST]!);
  const ofBest = best?.file === LATEST ? latestState : best && splitMidway(files[best.file]!);
  return {
    ...{ origin, phase },
    latest: { ...latest, ...latestState },
    midway: midway && midwayFrom(midway, midwayTensors),
    best: best && { ...bestCounters(best), alignment: ofBest!.alignment, tensors: ofBest!.tensors },
  };
}

function bestCounters({
  generation,
  steps,
  optimizerSteps,
  validationLoss,
}: Counters<BestNumbers>) {
  return { generation, steps, optimizerSteps, validationLoss };
}

const MIDWAY = "midway/";

const vector = (data: SnapshotTensor["data"]) => ({ shape: [data.length], data });

function withAlignment({ tensors, alignment }: StateNumbers): Tensors {
  return { ...tensors, alignment: vector(alignment) };
}

function midwayTensors({ competition, losses }: MidwayNumbers): Tensors {
  const named = Object.entries(losses).map(([task, data]) => [
    `${MIDWAY}losses/${task}`,
    vector(data),
  ]);
  return {
    ...Object.fromEntries(named),
    ...(competition && {
      [`${MIDWAY}locations`]: vector(competition.locations),
      [`${MIDWAY}challengers`]: vector(competition.challengers),
      [`${MIDWAY}softWeights`]: competition.softWeights,
    }),
  };
}

function splitMidway({ alignment, ...rest }: Tensors) {
  const isMidway = ([name]: [string, SnapshotTensor]) => name.startsWith(MIDWAY);
  const entries = Object.entries(rest);
  return {
    alignment: alignment!.data as Int32Array,
    tensors: Object.fromEntries(entries.filter((entry) => !isMidway(entry))),
    midwayTensors: Object.fromEntries(entries.filter(isMidway)),
  };
}

function midwayFrom(
  { step, milliseconds, competes }: NonNullable<TrainingRecord["midway"]>,
  tensors: Tensors,
): MidwayNumbers {
  const losses = Object.entries(tensors)
    .filter(([name]) => name.startsWith(`${MIDWAY}losses/`))
    .map(([name, { data }]) => [name.slice(`${MIDWAY}losses/`.length), data]);
  return {
    ...{ step, milliseconds },
    losses: Object.fromEntries(losses),
    competition: competes
      ? {
          locations: tensors[`${MIDWAY}locations`]!.data as Int32Array,
          challengers: tensors[`${MIDWAY}challengers`]!.data as Int32Array,
          softWeights: tensors[`${MIDWAY}softWeights`]!,
        }
      : null,
  };
}
