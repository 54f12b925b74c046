import { nearest, steps } from "./nearest.js";

/** A zod schema of a whole configuration. */
export type ConfigSchema = unknown;

/** Every setting, and every section that holds some: `seed`, `training`, `training.lambda`. */
export function settingPaths(
  schema: ConfigSchema,
  path: readonly string[] = [],
): readonly string[] {
  return keysBelow(schema, path).flatMap((key) => {
    const own = [...path, key];
    return [own.join("."), ...settingPaths(schema, own)];
  });
}

/** The keys one level below a path, e.g. those of `training`; none below a setting or an unknown path. */
export function keysBelow(schema: ConfigSchema, path: readonly PropertyKey[]): string[] {
  let level = schema;
  for (const key of path) level = shapeOf(level)[String(key)];
  return Object.keys(shapeOf(level));
}

/**
 * The end of a message about a path that is no setting: `; did you mean "training.lambda"?`, or
 * where all of them are listed. Of equally similar names it takes the one in the same section.
 */
export function settingHint(
  path: readonly PropertyKey[],
  { schema, listed }: { schema: ConfigSchema; listed: string },
): string {
  const word = String(path.at(-1));
  const section = path.slice(0, -1).join(".");
  const best = nearest(word, settingPaths(schema), (known) => {
    const dot = known.lastIndexOf(".");
    const elsewhere = known.slice(0, Math.max(dot, 0)) !== section;
    return steps(word, known.slice(dot + 1)) + (elsewhere ? 0.5 : 0);
  });
  return best === undefined ? `; \`${listed}\` lists all.` : `; did you mean "${best}"?`;
}

/** Objects stand behind defaults in the schema. */
function shapeOf(schema: unknown): Record<string, unknown> {
  const { shape, def } = (schema ?? {}) as {
    shape?: Record<string, unknown>;
    def?: { innerType?: unknown };
  };
  if (shape) return shape;
  return def?.innerType === undefined ? {} : shapeOf(def.innerType);
}
