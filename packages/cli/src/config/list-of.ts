import { UsageError } from "../usage-error.js";
import { didYouMean } from "./nearest.js";

/**
 * The words of a flag such as `--methods muir,stl`, each once.
 *
 * @throws {UsageError} naming the first that is not known.
 */
export function listOf<T extends string>(text: string, known: readonly T[], flag: string): T[] {
  const given = text.split(",").map((word) => {
    const found = known.find((name) => name === word.trim());
    if (found !== undefined) return found;
    throw new UsageError(
      `${flag}: must be among ${known.join(", ")}; got "${word}"${didYouMean(word, known)}`,
    );
  });
  return [...new Set(given)];
}
