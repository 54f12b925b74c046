import * as tf from "@tensorflow/tfjs-core";
import type { Network } from "./network.js";
import type { OpenGeneration } from "./open-generation.js";
import type { SnapshotTensor, StateNumbers } from "./snapshot.js";
import { createStepLog } from "./step-log.js";

/** A generation that was stopped between two steps, as plain numbers. */
export interface MidwayNumbers {
  /** Steps done within it, and how long they took. */
  readonly step: number;
  readonly milliseconds: number;
  /** Null where no location has challengers. */
  readonly competition: CompetitionNumbers | null;
  /** Losses of its steps, `[steps, stacked tasks]` row-major, by task name. */
  readonly losses: Readonly<Record<string, Float32Array>>;
}

/** Who competes, and what is believed of them. */
export interface CompetitionNumbers {
  /** Locations with challengers, ascending. */
  readonly locations: Int32Array;
  /** Row-major `[locations.length, lambda]`. */
  readonly challengers: Int32Array;
  /** `[locations.length, lambda + 1]`. */
  readonly softWeights: SnapshotTensor;
}

/** Reads an open generation off the device; its log was read before. */
export async function midwayNumbers(open: OpenGeneration): Promise<MidwayNumbers> {
  const { step, milliseconds, log, competition } = open;
  return {
    step,
    milliseconds,
    losses: log.losses(),
    competition: competition && {
      locations: competition.proposal.locations.slice(),
      challengers: competition.proposal.challengers.slice(),
      softWeights: {
        shape: competition.softWeights.shape,
        data: ((await competition.softWeights.data()) as Float32Array).slice(),
      },
    },
  };
}

/** The generation that {@link midwayNumbers} read, in the state `latest`; both were checked. */
export function openFromNumbers(
  { tasks, settings }: Network,
  { step, milliseconds, competition, losses }: MidwayNumbers,
  { alignment, steps }: StateNumbers,
): OpenGeneration {
  return {
    step,
    milliseconds,
    log: createStepLog(tasks, { firstStep: steps + 1, losses }),
    competition: competition && {
      proposal: {
        alignment: alignment.slice(),
        locations: competition.locations.slice(),
        challengers: competition.challengers.slice(),
        lambda: settings.lambda,
        revived: new Int32Array(0), // they were drawn anew as it began
      },
      softWeights: tf.tensor2d(
        competition.softWeights.data.slice(),
        competition.softWeights.shape as [number, number],
      ),
    },
  };
}
