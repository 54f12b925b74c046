import { UsageError } from "../../usage-error.js";

/** How often checkpoints are written: after so many generations, or so much time. */
export type CheckpointInterval =
  | { readonly generations: number }
  | { readonly milliseconds: number };

/** What a crash may cost unless one says otherwise. */
export const DEFAULT_INTERVAL = "5m";

/**
 * Reads `5m`, `30s` or, for generations, `10`.
 *
 * @throws {UsageError} if it is none of these.
 */
export function parseInterval(text: string): CheckpointInterval {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([ms]?)$/.exec(text) ?? [];
  const count = Number(number);
  const isWhole = unit !== "" || Number.isSafeInteger(count);
  if (number === undefined || !(count > 0) || !isWhole) {
    throw new UsageError(
      `--checkpoint-every: must be minutes such as 5m, seconds such as 30s, or a number of generations; got "${text}".`,
    );
  }
  if (unit === "") return { generations: count };
  return { milliseconds: count * (unit === "m" ? 60_000 : 1000) };
}

/** Says when the next checkpoint is due. */
export interface CheckpointClock {
  /** @param generation the one that just ended; null between two steps. */
  isDue(generation: number | null): boolean;
  /** To be told when one was written. */
  reset(): void;
}

/** A clock that begins now. */
export function createClock(interval: CheckpointInterval): CheckpointClock {
  let last = performance.now();
  return {
    isDue: (generation) =>
      "generations" in interval
        ? generation !== null && generation % interval.generations === 0
        : performance.now() - last >= interval.milliseconds,
    reset() {
      last = performance.now();
    },
  };
}
