import type { Restore } from "./checkpoint/manifest.js";

/**
 * What the line of a generation says of going back: the restores that training went on from to it, with
 * those before that were in vain.
 *
 * @param restores in the order in which they happened.
 */
export function restoreRemarks(restores: readonly Restore[], generation: number): Restore[] {
  const start = generation - 1;
  const last = restores.findLastIndex((restore, i) => {
    const undone = restores.slice(i + 1).some((later) => later.generation < restore.generation);
    return restore.generation === start && !undone;
  });
  return restores.slice(0, last + 1).filter((restore) => restore.generation >= start);
}
