import { UsageError } from "../usage-error.js";
import { type Draft, isMap } from "./draft.js";
import { readYaml } from "./read-yaml.js";
import { type ConfigSchema, keysBelow, settingHint, settingPaths } from "./setting-paths.js";

/** Whose settings are assigned. */
export interface AssignOptions {
  readonly schema: ConfigSchema;
  /** The command that lists all settings. */
  readonly listed: string;
}

/**
 * Applies one `--set path=value` to a draft. The value is read as YAML: numbers, true, null, words.
 * A training or data setting may be named without its section: `lambda` is `training.lambda`.
 *
 * @throws {UsageError} if there is no `=`, no such setting, something above it is no map of settings, or the
 *   value is not YAML.
 */
export function assignPath(draft: Draft, assignment: string, options: AssignOptions): void {
  const at = assignment.indexOf("=");
  if (at < 1) {
    throw new UsageError(
      `--set: must be path=value, such as training.lambda=2; got "${assignment}".`,
    );
  }
  const name = assignment.slice(0, at);
  const path = pathOf(name, options);
  const value = readYaml(assignment.slice(at + 1), `--set ${name}`);
  if (path.includes("__proto__")) {
    throw new UsageError(`--set ${name}: must be a known setting; got "__proto__".`);
  }
  let level = draft;
  for (const [i, key] of path.slice(0, -1).entries()) {
    if (!Object.hasOwn(level, key)) level[key] = {};
    const below = level[key];
    if (!isMap(below)) {
      throw new UsageError(
        `--set ${name}: must name a setting; "${path.slice(0, i + 1).join(".")}" holds none, it is ${JSON.stringify(below)}.`,
      );
    }
    level = below;
  }
  level[path.at(-1)!] = value;
}

function pathOf(name: string, options: AssignOptions): readonly string[] {
  const { schema } = options;
  const keys = keysBelow(schema, []);
  const sections = keys.filter((key) => keysBelow(schema, [key]).length > 0);
  const full = [name, ...sections.map((section) => `${section}.${name}`)];
  const known = settingPaths(schema);
  const path = full.find((candidate) => known.includes(candidate))?.split(".");
  if (path === undefined) {
    if (/^tasks\.[^.]+\./.test(name) && keys.includes("tasks")) return name.split("."); // checked with its task
    throw new UsageError(`--set ${name}: ${unknown(name.split("."), options)}`);
  }
  const [first] = keysBelow(schema, path);
  if (first === undefined) return path;
  throw new UsageError(
    `--set ${name}: must name one setting; "${name}" holds several, such as ${name}.${first}.`,
  );
}

function unknown(path: readonly string[], options: AssignOptions): string {
  const depth = path.findIndex(
    (key, i) => !keysBelow(options.schema, path.slice(0, i)).includes(key),
  );
  const wrong = path.slice(0, depth + 1);
  return `"${wrong.join(".")}" must be a known setting${settingHint(wrong, options)}`;
}
