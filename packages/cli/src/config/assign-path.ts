import { parse } from "yaml";
import { UsageError } from "../usage-error.js";
import { didYouMean } from "./nearest.js";
import { knownKeys } from "./parse-config.js";

/** A configuration on its way: nested plain values, not yet checked. */
export type Draft = { [key: string]: unknown };

/**
 * Applies one `--set path=value` to a draft. The value is read as YAML: numbers, true, null, words.
 * A path without a dot that names a training or data setting is found there.
 *
 * @throws {UsageError} if there is no `=`, or no such setting.
 */
export function assignPath(draft: Draft, assignment: string): void {
  const at = assignment.indexOf("=");
  if (at < 1) {
    throw new UsageError(
      `--set: must be path=value, such as training.lambda=2; got "${assignment}".`,
    );
  }
  const path = resolvePath(assignment.slice(0, at).split("."), assignment);
  const value: unknown = parse(assignment.slice(at + 1));
  let level = draft;
  for (const key of path.slice(0, -1)) {
    const next = level[key];
    level[key] = typeof next === "object" && next !== null ? next : {};
    level = level[key] as Draft;
  }
  level[path.at(-1)!] = value;
}

function resolvePath(path: readonly string[], assignment: string): readonly string[] {
  if (path.length === 1 && !knownKeys([]).includes(path[0]!)) {
    const section = ["training", "data"].find((name) => knownKeys([name]).includes(path[0]!));
    if (section) return [section, ...path];
  }
  path.forEach((key, depth) => {
    const known = knownKeys(path.slice(0, depth));
    if (known.includes(key)) return;
    const sections = depth === 0 ? ["training", "data"] : [];
    const everywhere = [...known, ...sections.flatMap((section) => knownKeys([section]))];
    throw new UsageError(
      `--set ${assignment}: "${path.slice(0, depth + 1).join(".")}" must be a known setting${didYouMean(key, everywhere)} (known: ${everywhere.join(", ")}).`,
    );
  });
  return path;
}
