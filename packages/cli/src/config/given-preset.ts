import { readYaml } from "./read-yaml.js";

/** The flags that can name a preset. */
export interface PresetFlags {
  readonly preset?: string;
  readonly set?: readonly string[];
}

const ASSIGNED = "preset=";

/** The preset that a command names, by its flag or by the last `--set preset=`: what it holds comes before all else. */
export function givenPreset({ preset, set = [] }: PresetFlags): unknown {
  const assigned = set.filter((text) => text.startsWith(ASSIGNED)).at(-1);
  if (preset !== undefined || assigned === undefined) return preset;
  return readYaml(assigned.slice(ASSIGNED.length), "--set preset");
}
