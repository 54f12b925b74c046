import { type ConfigFlags, configFrom } from "../config/draft-config.js";
import { prepareSynthetic } from "../run/prepare-synthetic.js";
import { type DurableFlags, type RunFlags, runCommand } from "./run-command.js";

/** `muir run synthetic`: one run, or one for each seed. */
export function runSyntheticCommand(
  flags: RunFlags & DurableFlags & ConfigFlags,
  stopSignal: () => AbortSignal,
): Promise<number> {
  const plan = {
    configOf: (seed?: number) => configFrom(flags, seed === undefined ? {} : { seed }),
    nameOf: ({ variant, method }: ReturnType<typeof configFrom>) =>
      `synthetic-${variant}-${method}`,
    prepare: prepareSynthetic,
  };
  return runCommand(flags, plan, stopSignal);
}
