import { readFileSync } from "node:fs";
import { parseDocument } from "yaml";
import { UsageError } from "../usage-error.js";
import type { Draft } from "./assign-path.js";

/**
 * Reads a YAML (or JSON) configuration file; an empty one sets nothing.
 *
 * @throws {UsageError} if it cannot be read, is not YAML, or is not a map of settings.
 */
export function readConfigFile(path: string): Draft {
  const document = parseDocument(textOf(path));
  const [error] = document.errors;
  if (error) throw new UsageError(`${path}: must be YAML; ${error.message.split("\n")[0]}`);
  const value: unknown = document.toJS() ?? {};
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UsageError(
      `${path}: must be a map of settings, such as "variant: noisy"; got ${JSON.stringify(value).slice(0, 40)}.`,
    );
  }
  return value as Draft;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what = code === "ENOENT" ? "there is no such file" : `it cannot be read (${code})`;
    throw new UsageError(`--config ${path}: must be a YAML file; ${what}.`);
  }
}
