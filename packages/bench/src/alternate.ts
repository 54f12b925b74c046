import type { Contender } from "./contender.js";

/** Times of one contender, in milliseconds. */
export interface Timing {
  readonly median: number;
  readonly fastest: number;
  readonly slowest: number;
}

/** How often contenders step. */
export interface Rounds {
  /** Steps before the first that counts. */
  readonly warmUp: number;
  readonly counted: number;
}

/**
 * Steps all contenders in turn, so that a machine that slows down slows all of them, and gives the times
 * of each; only one works at a time.
 */
export async function alternate<Name extends string>(
  contenders: Readonly<Record<Name, Contender>>,
  { warmUp, counted }: Rounds,
): Promise<Record<Name, Timing>> {
  const names = Object.keys(contenders) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]]));
  for (let round = 0; round < warmUp + counted; round++) {
    for (const name of names) {
      const { milliseconds } = await contenders[name].step();
      if (round >= warmUp) times[name]!.push(milliseconds);
    }
  }
  return Object.fromEntries(names.map((name) => [name, timingOf(times[name]!)])) as Record<
    Name,
    Timing
  >;
}

function timingOf(times: readonly number[]): Timing {
  const sorted = times.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median =
    sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { median, fastest: sorted[0]!, slowest: sorted.at(-1)! };
}
