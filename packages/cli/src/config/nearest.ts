import { distance } from "fastest-levenshtein";

/** The known word most like `word`, as the end of a message: `; did you mean "lambda"?`, or nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  const [best] = known
    .map((candidate) => ({
      candidate,
      steps: distance(word.toLowerCase(), candidate.toLowerCase()),
    }))
    .sort((a, b) => a.steps - b.steps);
  const close = best !== undefined && best.steps <= Math.max(2, Math.floor(word.length / 2));
  return close ? `; did you mean "${best.candidate}"?` : "";
}
