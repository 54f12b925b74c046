import type { Phase } from "./generation-event.js";
import type { TrainingSettings } from "./settings.js";

/** Where in its phases a training stands. */
export interface PhasePosition {
  /** The phase of the last generation; the first phase before there is one. */
  readonly name: Phase;
  /** Generations that were done when the phase began. */
  readonly start: number;
}

/** Burn-in, search, then the alignment found is trained on without challengers. */
export const PHASES: readonly Phase[] = ["burn-in", "search", "final"];

/** Where a training begins. */
export const firstPhase: PhasePosition = { name: "burn-in", start: 0 };

/** What decides the next phase. */
export interface PhaseMemory {
  readonly network: { readonly settings: TrainingSettings };
  /** Generations done. */
  readonly generation: number;
  readonly phase: PhasePosition;
  readonly best: { readonly generation: number } | null;
}

/**
 * The phase that the next generation belongs to; null when all are done. It follows from counters
 * alone, so a training that goes on from a checkpoint, or under more generations, decides the same.
 */
export function nextPhase(memory: PhaseMemory): PhasePosition | null {
  if (!isOver(memory, memory.phase)) return memory.phase;
  const later = PHASES.slice(PHASES.indexOf(memory.phase.name) + 1);
  const name = later.find((each) => mostOf(memory, each) > 0);
  return name === undefined ? null : { name, start: memory.generation };
}

function isOver(memory: PhaseMemory, { name, start }: PhasePosition): boolean {
  const { generation, best, network } = memory;
  const { patience } = network.settings;
  if (generation - start >= mostOf(memory, name)) return true;
  if (patience === null || name === "burn-in" || best === null) return false;
  return generation - Math.max(start, best.generation) >= patience;
}

function mostOf({ network }: PhaseMemory, phase: Phase): number {
  const { burnIn, generations, finalGenerations } = network.settings;
  return { "burn-in": burnIn, search: generations, final: finalGenerations }[phase];
}
