import { parseDocument } from "yaml";
import { UsageError } from "../usage-error.js";

/**
 * Reads one YAML document (JSON is YAML too); an empty one is null.
 *
 * @param source where the text came from, for messages: a file's name or a flag.
 * @throws {UsageError} with the first thing that is wrong, its line and column.
 */
export function readYaml(text: string, source: string): unknown {
  try {
    const document = parseDocument(text);
    const [error] = document.errors;
    if (error) throw error;
    return document.toJS();
  } catch (error) {
    const [problem] = (error as Error).message.split("\n");
    throw new UsageError(`${source}: must be YAML; got: ${problem!.replace(/[.:]$/, "")}.`);
  }
}
