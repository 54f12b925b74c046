import { assignPath, type Draft } from "./assign-path.js";
import { parseSyntheticConfig } from "./parse-config.js";
import { readConfigFile } from "./read-config-file.js";
import type { SyntheticConfig } from "./synthetic-config.js";

/** What the command line says of a run's configuration. */
export interface ConfigFlags {
  readonly config?: string;
  readonly variant?: string;
  readonly method?: string;
  readonly seed?: number;
  readonly backend?: string;
  readonly generations?: number;
  readonly data?: string;
  readonly set?: readonly string[];
}

/**
 * The configuration of one run: defaults, then the file, then `--set`, then the other flags.
 *
 * @throws {UsageError} naming the file or flag, the setting, and what must hold.
 */
export function configFrom(flags: ConfigFlags, overrides: Draft = {}): SyntheticConfig {
  const draft: Draft = flags.config === undefined ? {} : readConfigFile(flags.config);
  if (flags.config !== undefined) parseSyntheticConfig(draft, flags.config); // blames the file, not the flags
  for (const assignment of flags.set ?? []) assignPath(draft, assignment);
  const { variant, method, seed, backend } = { ...flags, ...overrides } as Draft;
  const given = Object.entries({ variant, method, seed, backend });
  for (const [key, value] of given) if (value !== undefined) draft[key] = value;
  if (flags.generations !== undefined)
    section(draft, "training")["generations"] = flags.generations;
  if (flags.data !== undefined) section(draft, "data")["folder"] = flags.data;
  return parseSyntheticConfig(draft, "the command line");
}

function section(draft: Draft, name: string): Draft {
  const found = draft[name];
  draft[name] = typeof found === "object" && found !== null ? found : {};
  return draft[name] as Draft;
}
