import type { z } from "zod";
import { UsageError } from "../usage-error.js";
import { didYouMean } from "./nearest.js";
import { settingHint } from "./setting-paths.js";
import { type SyntheticConfig, syntheticSchema } from "./synthetic-config.js";

/** Says where a setting was given, to begin a message with: `settings.yaml: "training.lambda"`. */
export type Subject = (path: string) => string;

/**
 * Checks a configuration and fills in its defaults.
 *
 * @throws {UsageError} naming the first key that is unknown, out of range, or would do nothing.
 */
export function parseSyntheticConfig(
  given: unknown,
  subject: Subject = (path) => `"${path}"`,
): SyntheticConfig {
  const parsed = syntheticSchema.safeParse(given);
  if (!parsed.success) {
    throw new UsageError(describeIssue(parsed.error.issues[0]!, given, subject));
  }
  checkDataSettings(parsed.data, subject);
  return parsed.data;
}

/** Sizes of generated data mean nothing where the data is read. */
function checkDataSettings({ data }: SyntheticConfig, subject: Subject): void {
  if (data.folder === null) return;
  const { folder: _, validation: __, ...sizes } = syntheticSchema.parse({}).data;
  for (const [key, standard] of Object.entries(sizes)) {
    const value = data[key as keyof typeof sizes];
    if (value === standard) continue;
    throw new UsageError(
      `${subject(`data.${key}`)} must be left out when the data comes from a folder (${data.folder}); got ${value}.`,
    );
  }
}

function describeIssue(issue: z.core.$ZodIssue, given: unknown, subject: Subject): string {
  if (issue.code === "unrecognized_keys") {
    const path = [...issue.path, issue.keys[0]!];
    return `${subject(path.join("."))} must be a known setting${settingHint(path)}`;
  }
  const got = issue.path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    given,
  );
  // only of a word: an object from a file may have a toString that is none
  const slip = issue.code === "invalid_value" && typeof got === "string";
  const ending = slip ? didYouMean(got, words(issue)) : ".";
  return `${subject(issue.path.join("."))} must be ${expectation(issue, got)}; got ${shown(got)}${ending}`;
}

function expectation(issue: z.core.$ZodIssue, got: unknown): string {
  switch (issue.code) {
    case "invalid_value":
      return issue.values.length === 1
        ? `"${words(issue)[0]}"`
        : `one of ${words(issue).join(", ")}`;
    case "invalid_type":
      if (issue.expected === "int") return "an integer";
      if (issue.expected === "object") return "a map of settings";
      if (issue.expected === "number" && typeof got === "number") return "a finite number";
      return `a ${issue.expected}`;
    case "too_small":
      return `${issue.inclusive ? "at least" : "above"} ${issue.minimum}`;
    case "too_big":
      return `${issue.inclusive ? "at most" : "below"} ${issue.maximum}`;
    default:
      return issue.message;
  }
}

const words = ({ values }: z.core.$ZodIssueInvalidValue) => values.map(String);

/** JSON has no NaN or infinity. */
const shown = (value: unknown) =>
  typeof value === "number" ? String(value) : JSON.stringify(value);
