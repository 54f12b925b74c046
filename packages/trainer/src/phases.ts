import type { Phase } from "./generation-event.js";
import type { Session } from "./session.js";

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

/**
 * The phase that the next generation belongs to; null when all are done. It follows from counters
 * alone, so a training that goes on from a checkpoint, or under more generations, decides the same.
 */
export function nextPhase(session: Session): PhasePosition | null {
  if (!isOver(session, session.phase)) return session.phase;
  const later = PHASES.slice(PHASES.indexOf(session.phase.name) + 1);
  const name = later.find((each) => mostOf(session, each) > 0);
  return name === undefined ? null : { name, start: session.generation };
}

function isOver(session: Session, { name, start }: PhasePosition): boolean {
  const { generation, best, network } = session;
  const { patience } = network.settings;
  if (generation - start >= mostOf(session, name)) return true;
  if (patience === null || name === "burn-in" || best === null) return false;
  return generation - Math.max(start, best.generation) >= patience;
}

function mostOf({ network }: Session, phase: Phase): number {
  const { burnIn, generations, finalGenerations } = network.settings;
  return { "burn-in": burnIn, search: generations, final: finalGenerations }[phase];
}
