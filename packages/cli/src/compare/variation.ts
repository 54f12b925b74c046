import type { z } from "zod";
import { didYouMean } from "../config/nearest.js";
import { parseConfig } from "../config/parse-config.js";
import { readYaml } from "../config/read-yaml.js";
import { keysBelow } from "../config/setting-paths.js";
import { UsageError } from "../usage-error.js";

/** A value that a setting is tried with. */
export interface VariedValue {
  /** `lambda=2`, also as a part of a folder's name. */
  readonly name: string;
  /** As tables show it. */
  readonly shown: string;
  readonly value: unknown;
  /** What `--set` would be given. */
  readonly assignment: string;
}

/** One training setting, of which a comparison tries several values. */
export interface Variation {
  /** Without its section: `lambda`. */
  readonly setting: string;
  /** The value that it is set to, as tables show it. */
  readonly own: string;
  /** Those to try beside it, each once. */
  readonly others: readonly VariedValue[];
}

/** What a setting's values are tried in. */
export interface VariedConfig {
  /** What the setting is set to; the other settings that each value has to go with. */
  readonly config: object;
  readonly schema: z.ZodType;
  /** The command that lists all settings. */
  readonly listed: string;
}

/**
 * Reads every `--vary` of a command.
 *
 * @param generations what `--generations` says: flags come last, so that it would set what is to vary.
 * @throws {UsageError} what {@link parseVariation} throws, and where one setting is to be set twice.
 */
export function parseVariations(
  given: readonly string[],
  { generations, ...varied }: VariedConfig & { generations: number | undefined },
): Variation[] {
  const variations = given.map((text) => parseVariation(text, varied));
  const settings = variations.map(({ setting }) => setting);
  const twice = settings.find((setting, i) => settings.indexOf(setting) !== i);
  if (twice !== undefined) {
    throw new UsageError(`--vary ${twice}: must be given once, with all its values.`);
  }
  if (generations !== undefined && settings.includes("generations")) {
    throw new UsageError(
      "--vary generations: must be given without --generations; got both. Use --set generations=… for its own value.",
    );
  }
  return variations;
}

/**
 * Reads `--vary lambda=1,2,4` or `--vary training.lambda=1,2,4`.
 *
 * @throws {UsageError} if it is no training setting, or one of the values is out of its range.
 */
export function parseVariation(text: string, { config, schema, listed }: VariedConfig): Variation {
  const [path, values] = partsOf(text);
  const setting = path.replace(/^training\./, "");
  const known = keysBelow(schema, ["training"]);
  if (!known.includes(setting)) {
    throw new UsageError(
      `--vary ${path}: must be a setting of the training, such as lambda; got "${path}"${didYouMean(setting, known)}`,
    );
  }
  const { training } = config as { training: Record<string, unknown> };
  const own = shownValue(training[setting]);
  const others = new Map<string, unknown>();
  for (const given of values) {
    const subject = () => `--vary ${path}:`;
    const draft = { ...config, training: { ...training, [setting]: given } };
    const checked = parseConfig(schema, draft, { subject, listed }) as typeof draft;
    const value = checked.training[setting];
    others.set(shownValue(value), value);
  }
  others.delete(own);
  return {
    ...{ setting, own },
    others: [...others].map(([shown, value]) => ({
      ...{ name: `${setting}=${shown}`, shown, value },
      assignment: `training.${setting}=${JSON.stringify(value)}`,
    })),
  };
}

function partsOf(text: string): [path: string, values: readonly unknown[]] {
  const at = text.indexOf("=");
  const path = text.slice(0, at);
  const values = at < 1 ? null : readYaml(`[${text.slice(at + 1)}]`, `--vary ${path}`);
  if (Array.isArray(values) && values.length > 0) return [path, values];
  throw new UsageError(
    `--vary: must be setting=value,value,…, such as lambda=1,2,4; got "${text}".`,
  );
}

/** `16x16` for a list: it is part of a folder's name too. */
const shownValue = (value: unknown) => (Array.isArray(value) ? value.join("x") : String(value));
