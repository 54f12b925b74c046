/** What is timed: prepared numbers in, nothing left behind. */
export type Contender = () => void;

/**
 * Median milliseconds of each contender over `rounds`, taken in turn, so that a machine that slows
 * down slows all of them. The first round warms up and is not counted.
 */
export function medianTimes(
  contenders: Readonly<Record<string, Contender>>,
  { rounds = 7 }: { rounds?: number } = {},
): Record<string, number> {
  const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, run] of Object.entries(contenders)) {
      const start = performance.now();
      run();
      if (round > 0) times[name]!.push(performance.now() - start);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
