import type { Random } from "@muir/ea";

/** Draws the given numbers, then fails. */
export const scripted = (...draws: number[]): Random =>
  (() => {
    const next = draws.shift();
    if (next === undefined) throw new Error("more draws than expected");
    return next;
  }) as Random;
