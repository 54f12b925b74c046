import { setTimeout } from "node:timers/promises";
import type { Contender } from "./contender.js";

/** Times of a contender's step, in milliseconds. */
export interface Timing {
  /** Turns that count. */
  readonly turns: number;
  readonly median: number;
  readonly fastest: number;
  readonly slowest: number;
}

/** How often contenders step. */
export interface Rounds {
  /** Least steps before the first that counts. */
  readonly warmUp: number;
  /** Least turns that count. */
  readonly counted: number;
  /**
   * How long, in milliseconds, a contender warms up, and how long steps are counted, when the least number of
   * them takes less; engines compile what they have run often.
   */
  readonly least?: number;
  /**
   * How long, in milliseconds, a contender's turn takes at least: short steps are repeated, and their mean is
   * what counts, since the first after a pause finds the caches cold. Default: one step.
   */
  readonly turn?: number;
  /**
   * How long, in milliseconds, nobody steps before a turn: a contender's threads may go on waiting for
   * work for a while, on cores that the next one needs. Default: 0.
   */
  readonly pause?: number;
  /** A first step longer than this, in milliseconds, is a contender's last, and its time. Default: none is. */
  readonly patience?: number;
}

type Steps = Pick<Contender, "step">;

/**
 * Steps all contenders in turn, so that a machine that slows down slows all of them, and gives the times
 * of each; only one works at a time.
 */
export async function alternate<Name extends string>(
  contenders: Readonly<Record<Name, Steps>>,
  rounds: Rounds,
): Promise<Record<Name, Timing>> {
  const names = Object.keys(contenders) as Name[];
  const times = new Map(names.map((name) => [name, [] as number[]]));
  const racing: Name[] = [];
  for (const name of names) {
    const only = await warmUp(contenders[name], rounds);
    if (only === null) racing.push(name);
    else times.get(name)!.push(only);
  }
  const { counted, least = 0 } = rounds;
  const start = performance.now();
  for (let round = 0; round < counted || performance.now() - start < least; round++) {
    for (const name of racing) times.get(name)!.push(await takeTurn(contenders[name], rounds));
    if (racing.length === 0) break;
  }
  const timings = names.map((name) => [name, timingOf(times.get(name)!)]);
  return Object.fromEntries(timings) as Record<Name, Timing>;
}

/** How long the first step took, if that was longer than it may; null when the contender is warm. */
async function warmUp(contender: Steps, rounds: Rounds): Promise<number | null> {
  const { warmUp, least = 0, patience = Number.POSITIVE_INFINITY } = rounds;
  const start = performance.now();
  for (let step = 0; step < warmUp || performance.now() - start < least; step++) {
    const { milliseconds } = await contender.step();
    if (step === 0 && milliseconds > patience) return milliseconds;
  }
  return null;
}

async function takeTurn(contender: Steps, { turn = 0, pause = 0 }: Rounds): Promise<number> {
  await setTimeout(pause);
  let steps = 0;
  let total = 0;
  do {
    total += (await contender.step()).milliseconds;
    steps += 1;
  } while (total < turn);
  return total / steps;
}

function timingOf(times: readonly number[]): Timing {
  const sorted = [...times].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median =
    sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { turns: sorted.length, median, fastest: sorted[0]!, slowest: sorted.at(-1)! };
}
