import type { z } from "zod";
import { UsageError } from "../usage-error.js";
import { didYouMean } from "./nearest.js";
import { type SyntheticConfig, syntheticSchema } from "./synthetic-config.js";

/**
 * Checks a configuration and fills in its defaults.
 *
 * @param source where it came from, for messages: a file name or `the command line`.
 * @throws {UsageError} naming the first key that is unknown or out of range.
 */
export function parseSyntheticConfig(given: unknown, source: string): SyntheticConfig {
  const parsed = syntheticSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new UsageError(`${source}: ${describeIssue(parsed.error.issues[0]!, given)}`);
}

/** The keys one level below a path of the schema, e.g. those of `training`. */
export function knownKeys(path: readonly PropertyKey[]): string[] {
  let level: unknown = syntheticSchema;
  for (const key of path) level = shapeOf(level)[String(key)];
  return Object.keys(shapeOf(level));
}

function describeIssue(issue: z.core.$ZodIssue, given: unknown): string {
  if (issue.code === "unrecognized_keys") {
    const [key] = issue.keys;
    const known = knownKeys(issue.path);
    const path = [...issue.path, key].join(".");
    return `"${path}" must be a known setting${didYouMean(key!, known)} (known: ${known.join(", ")}).`;
  }
  const got = issue.path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    given,
  );
  return `"${issue.path.join(".")}" must be ${expectation(issue)}; got ${JSON.stringify(got)}.`;
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_value":
      return issue.values.map((value) => JSON.stringify(value)).join(" or ");
    case "invalid_type":
      return issue.expected === "int" ? "an integer" : `a ${issue.expected}`;
    case "too_small":
      return `${issue.inclusive ? "at least" : "above"} ${issue.minimum}`;
    case "too_big":
      return `${issue.inclusive ? "at most" : "below"} ${issue.maximum}`;
    default:
      return issue.message;
  }
}

/** Objects stand behind defaults in the schema. */
function shapeOf(schema: unknown): Record<string, unknown> {
  const { shape, def } = schema as {
    shape?: Record<string, unknown>;
    def?: { innerType?: unknown };
  };
  if (shape) return shape;
  return def?.innerType === undefined ? {} : shapeOf(def.innerType);
}
