import { assignPath } from "./assign-path.js";
import type { Draft } from "./draft.js";
import { givenPreset } from "./given-preset.js";
import { parseSyntheticConfig } from "./parse-synthetic-config.js";
import { readConfigFile } from "./read-config-file.js";
import { type SyntheticConfig, syntheticSchema } from "./synthetic-config.js";
import { withSyntheticPreset } from "./synthetic-presets.js";
import { whereGiven } from "./where-given.js";

/** What the command line says of a run's configuration. */
export interface ConfigFlags {
  readonly config?: string;
  readonly preset?: string;
  readonly variant?: string;
  readonly method?: string;
  readonly seed?: number;
  readonly backend?: string;
  readonly threads?: number;
  readonly generations?: number;
  readonly data?: string;
  readonly set?: readonly string[];
}

/**
 * The configuration of one run: the preset, then the file, then `--set`, then the other flags.
 *
 * @param overrides what a command decides itself, such as the seed of each run; they come last.
 * @throws {UsageError} naming the file or flag, the setting, and what must hold.
 */
export function configFrom(
  flags: ConfigFlags,
  overrides: Pick<ConfigFlags, "variant" | "method" | "seed"> = {},
): SyntheticConfig {
  const file: Draft = flags.config === undefined ? {} : readConfigFile(flags.config);
  // checked alone first, so that what is wrong in the file is not blamed on a flag
  parseSyntheticConfig(file, (path) => `${flags.config}: "${path}"`);
  const draft = withSyntheticPreset(file, givenPreset(flags));
  for (const assignment of flags.set ?? []) {
    assignPath(draft, assignment, { schema: syntheticSchema, listed: "muir run synthetic --help" });
  }
  const given: Draft = { ...flags, ...overrides };
  for (const [flag, path] of Object.entries(PATHS)) {
    if (given[flag] === undefined) continue;
    const [key, inner] = path.split(".") as [string, string?];
    if (inner === undefined) draft[key] = given[flag];
    else draft[key] = { ...(draft[key] as Draft | undefined), [inner]: given[flag] };
  }
  const flagOf = (path: string) =>
    Object.entries(PATHS).find(([flag, of]) => of === path && given[flag] !== undefined)?.[0];
  return parseSyntheticConfig(draft, whereGiven({ flagOf, set: flags.set, config: flags.config }));
}

/** The setting that each flag sets. */
const PATHS = {
  preset: "preset",
  variant: "variant",
  method: "method",
  seed: "seed",
  backend: "backend",
  threads: "threads",
  generations: "training.generations",
  data: "data.folder",
} as const;
