import { distance } from "fastest-levenshtein";

/** What in `known` is most like `word`, if anything is alike: a slip or two. */
export function nearest<T>(
  word: string,
  known: readonly T[],
  stepsTo: (candidate: T) => number,
): T | undefined {
  const [best] = known
    .map((candidate) => ({ candidate, steps: stepsTo(candidate) }))
    .sort((a, b) => a.steps - b.steps);
  const most = Math.max(2, Math.floor(word.length / 3));
  return best !== undefined && Math.floor(best.steps) <= most ? best.candidate : undefined;
}

/** How many letters have to change to make one word the other, upper case or lower. */
export const steps = (a: string, b: string): number => distance(a.toLowerCase(), b.toLowerCase());

/** The end of a message that refuses `word`: `; did you mean "lambda"?`, or just the full stop. */
export function didYouMean(word: string, known: readonly string[]): string {
  const best = nearest(word, known, (candidate) => steps(word, candidate));
  return best === undefined ? "." : `; did you mean "${best}"?`;
}
