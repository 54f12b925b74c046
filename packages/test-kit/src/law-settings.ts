/** Cases of a law unless `FC_RUNS` says otherwise. */
export const STANDARD_RUNS = 100;

/** What every law runs with. */
export interface LawSettings {
  /** Random cases for each law. */
  readonly numRuns: number;
  /** Where the random cases start; absent for new ones each time. */
  readonly seed?: number;
}

/**
 * Reads `FC_RUNS` (cases for each law, 100 where it is not set) and `FC_SEED` (the seed that a
 * failed law printed) from environment variables.
 *
 * @throws {RangeError} if one of them is set to anything but an integer, or `FC_RUNS` to less than 1.
 * @example
 * ```ts
 * lawSettings({ FC_SEED: "-7" }); // { numRuns: 100, seed: -7 }
 * ```
 */
export function lawSettings(
  environment: Readonly<Record<string, string | undefined>>,
): LawSettings {
  const { FC_RUNS, FC_SEED } = environment;
  const numRuns = FC_RUNS === undefined ? STANDARD_RUNS : integer("FC_RUNS", FC_RUNS);
  if (numRuns < 1) {
    throw new RangeError(`lawSettings: FC_RUNS must be at least 1; got ${FC_RUNS}.`);
  }
  return FC_SEED === undefined ? { numRuns } : { numRuns, seed: integer("FC_SEED", FC_SEED) };
}

function integer(name: string, text: string): number {
  if (!/^[+-]?\d+$/.test(text)) {
    throw new RangeError(`lawSettings: ${name} must be an integer; got ${JSON.stringify(text)}.`);
  }
  return Number(text);
}
