import { readFileSync, statSync } from "node:fs";
import { UsageError } from "../usage-error.js";
import type { Draft } from "./draft.js";
import { LONGEST, readLongJson, readYaml } from "./read-yaml.js";

const MOST_BYTES = 2 ** 20; // more than settings need, in any encoding

/**
 * Reads a YAML (or JSON) configuration file; an empty one sets nothing.
 *
 * @throws {UsageError} if it cannot be read, is not YAML, or is not a map of settings.
 */
export function readConfigFile(path: string): Draft {
  const value = readSettings(path) ?? {};
  if (typeof value !== "object" || Array.isArray(value)) {
    throw new UsageError(
      `${path}: must be a map of settings, such as "variant: noisy"; got ${JSON.stringify(value).slice(0, 40)}.`,
    );
  }
  return value as Draft;
}

/** JSON with all defaults in it may be long, and needs no parser that is slow on long texts. */
function readSettings(path: string): unknown {
  const text = textOf(path);
  return path.endsWith(".json") && text.length > LONGEST
    ? readLongJson(text, path)
    : readYaml(text, path);
}

function textOf(path: string): string {
  try {
    const { size } = statSync(path);
    if (size > MOST_BYTES) throw Object.assign(new Error(), { code: `${size} bytes are too many` });
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const problems: Record<string, string> = {
      ENOENT: "there is no such file",
      EISDIR: "it is a folder",
    };
    const problem = problems[code ?? ""] ?? `it cannot be read (${code})`;
    throw new UsageError(`--config ${path}: must be a YAML file; ${problem}.`);
  }
}
