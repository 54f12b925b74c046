import { type Fields, parseFields, textField, wholeField, wrong } from "./fields.js";
import type { RunConfig } from "./run-record.js";

/**
 * Checks what figures need of a `config.json` and keeps the rest as it is, for the page to show.
 *
 * @throws {Error} naming the field that is missing or of the wrong kind.
 */
export function parseConfig(text: string): RunConfig {
  const fields = parseFields(text, "config.json");
  const locations = wholeField(fields, "locations");
  checkList(fields, { name: "groups", length: locations, kind: "number" });
  checkList(fields, { name: "locationNames", length: locations, kind: "string" });
  if (fields.values["backend"] !== undefined) textField(fields, "backend");
  return {
    ...fields.values,
    experiment: textField(fields, "experiment"),
    variant: textField(fields, "variant"),
    method: textField(fields, "method"),
    seed: wholeField(fields, "seed"),
    locations,
    modules: wholeField(fields, "modules"),
    originalParameters: wholeField(fields, "originalParameters"),
  };
}

function checkList(
  { values, where }: Fields,
  { name, length, kind }: { name: string; length: number; kind: "number" | "string" },
): void {
  const value = values[name];
  if (value === undefined) return;
  if (!Array.isArray(value) || !value.every((entry) => typeof entry === kind)) {
    throw wrong(where, { name, must: `be a list of ${kind}s or be left out`, value });
  }
  if (value.length !== length) {
    throw new RangeError(
      `readRun: ${where}: "${name}" must have one entry for each of ${length} locations; got ${value.length}. Leave it out, or give it in full.`,
    );
  }
}
