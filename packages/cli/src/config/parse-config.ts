import type { z } from "zod";
import { UsageError } from "../usage-error.js";
import { didYouMean } from "./nearest.js";
import { settingHint } from "./setting-paths.js";

/** Says where a setting was given, to begin a message with: `settings.yaml: "training.lambda"`. */
export type Subject = (path: string) => string;

/** How messages name things. */
export interface ParseOptions {
  readonly subject: Subject;
  /** The command that lists all settings. */
  readonly listed: string;
}

/**
 * Checks a configuration and fills in its defaults.
 *
 * @throws {UsageError} naming the first key that is unknown or out of range.
 */
export function parseConfig<S extends z.ZodType>(
  schema: S,
  given: unknown,
  options: ParseOptions,
): z.output<S> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new UsageError(describeIssue(parsed.error.issues[0]!, { schema, given, ...options }));
}

interface Context extends ParseOptions {
  readonly schema: z.ZodType;
  readonly given: unknown;
}

function describeIssue(issue: z.core.$ZodIssue, context: Context): string {
  const { given, subject } = context;
  if (issue.code === "unrecognized_keys") {
    const path = [...issue.path, issue.keys[0]!];
    return `${subject(path.join("."))} must be a known setting${settingHint(path, context)}`;
  }
  const got = issue.path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    given,
  );
  const known = choices(issue);
  // only of a word: an object from a file may have a toString that is none
  const slip = known.length > 0 && typeof got === "string";
  const ending = slip ? didYouMean(got, known) : ".";
  return `${subject(issue.path.join("."))} must be ${expectation(issue, got)}; got ${shown(got)}${ending}`;
}

function expectation(issue: z.core.$ZodIssue, got: unknown): string {
  switch (issue.code) {
    case "invalid_value":
    case "invalid_union": {
      const known = choices(issue);
      return known.length === 1 ? `"${known[0]}"` : `one of ${known.join(", ")}`;
    }
    case "invalid_type":
      if (issue.expected === "int") return "an integer";
      if (issue.expected === "object" || issue.expected === "record") return "a map of settings";
      if (issue.expected === "number" && typeof got === "number") return "a finite number";
      return `a ${issue.expected}`;
    case "invalid_key":
      return issue.issues[0]!.message;
    case "too_small":
      if (issue.origin === "array") return `a list of ${issue.minimum}`;
      return `${issue.inclusive ? "at least" : "above"} ${issue.minimum}`;
    case "too_big":
      if (issue.origin === "array") return `a list of ${issue.maximum}`;
      return `${issue.inclusive ? "at most" : "below"} ${issue.maximum}`;
    default:
      return issue.message;
  }
}

/** The words that may stand there, where only some may: of a setting, or of the `kind` that tells maps apart. */
function choices(issue: z.core.$ZodIssue): string[] {
  if (issue.code === "invalid_value") return issue.values.map(String);
  if (issue.code !== "invalid_union") return [];
  return ("options" in issue ? (issue.options as unknown[]) : []).map(String);
}

/** JSON has no NaN or infinity. */
const shown = (value: unknown) =>
  typeof value === "number" ? String(value) : JSON.stringify(value);
