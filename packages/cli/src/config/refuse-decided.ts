import { UsageError } from "../usage-error.js";

/**
 * Refuses `--set` of what a command decides itself, run by run: it would be overruled without a word.
 *
 * @param decided by setting, the flag or the table that says it.
 * @throws {UsageError} naming the setting and the flag.
 * @example
 * ```ts
 * refuseDecided(["seed=3"], { seed: "--seeds" }); // throws: --seeds says it
 * ```
 */
export function refuseDecided(
  set: readonly string[] | undefined,
  decided: Readonly<Record<string, string>>,
): void {
  for (const assignment of set ?? []) {
    const name = assignment.slice(0, assignment.indexOf("="));
    if (!Object.hasOwn(decided, name)) continue;
    throw new UsageError(`--set ${name}: must be left out here, where ${decided[name]} says it.`);
  }
}
