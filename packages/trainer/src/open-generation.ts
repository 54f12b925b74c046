import type { Random } from "@muir/random";
import type { Phase } from "./generation-event.js";
import type { Network } from "./network.js";
import { type Competition, openCompetition } from "./search.js";
import { createStepLog, type StepLog } from "./step-log.js";
import type { TrainingState } from "./training-state.js";

/** A generation that has begun and not ended. */
export interface OpenGeneration {
  /** Null where no location has challengers. */
  readonly competition: Competition | null;
  readonly log: StepLog;
  /** Steps done within it. */
  step: number;
  /** That they took. */
  milliseconds: number;
}

/** What a generation begins from. */
export interface GenerationStart {
  readonly network: Network;
  readonly state: TrainingState;
  readonly random: { readonly search: Random };
  /** Generations done, and their steps. */
  readonly generation: number;
  readonly steps: number;
}

/** Begins a generation: draws challengers where the phase has any. */
export async function openGeneration(
  start: GenerationStart,
  phase: Phase,
): Promise<OpenGeneration> {
  const { network, state, random, steps, generation } = start;
  const competition = searches(start, phase)
    ? await openCompetition(network, state, {
        random: random.search,
        generation: generation + 1 - network.settings.burnIn,
      })
    : null;
  const log = createStepLog(network.tasks, { firstStep: steps + 1 });
  return { competition, log, step: 0, milliseconds: 0 };
}

/** Frees what a generation holds while it goes on. */
export function disposeOpen(open: OpenGeneration | null): void {
  open?.log.dispose();
  open?.competition?.softWeights.dispose();
}

function searches({ network, state }: GenerationStart, phase: Phase): boolean {
  return phase === "search" && state.bank !== null && network.settings.selection !== "none";
}
