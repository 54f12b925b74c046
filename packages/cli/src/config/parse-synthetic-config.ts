import { UsageError } from "../usage-error.js";
import { parseConfig, type Subject } from "./parse-config.js";
import { type SyntheticConfig, syntheticSchema } from "./synthetic-config.js";

/**
 * Checks the configuration of a synthetic run and fills in its defaults.
 *
 * @throws {UsageError} naming the first key that is unknown, out of range, or would do nothing.
 */
export function parseSyntheticConfig(
  given: unknown,
  subject: Subject = (path) => `"${path}"`,
): SyntheticConfig {
  const listed = "muir run synthetic --help";
  const config = parseConfig(syntheticSchema, given, { subject, listed });
  checkDataSettings(config, subject);
  return config;
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
