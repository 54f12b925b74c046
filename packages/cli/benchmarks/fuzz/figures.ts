/** What came of trying one reader. */
export interface Figures {
  readonly reader: string;
  readonly inputs: number;
  /** Inputs that were read; all others were refused. */
  readonly results: number;
  /** Refusals by what they say, without names and numbers. */
  readonly kinds: Readonly<Record<string, number>>;
  readonly slowestMilliseconds: number;
  /** The most that one input added to the process's peak. */
  readonly growthBytes: number;
  /** What should not have happened. */
  readonly violation?: string;
}

/** What a process of its own is given to do. */
export interface FuzzJob {
  /** The module whose `readers(folder)` are tried. */
  readonly module: string;
  /** Those that were tried already, by name. */
  readonly done: readonly string[];
  /** Inputs for a reader of weight 1. */
  readonly inputs: number;
  readonly seed: number;
}

/** What a worker says: now and then how far it is, and at last its figures. */
export type FuzzMessage =
  | { readonly reader: string; readonly input: number }
  | { readonly figures: Figures };

/** Fifty inputs, each of at most some 70 kB, may not take longer, on a busy machine either. */
export const MOST_MILLISECONDS = 60_000;
/** What the heap of a process may hold, whatever its inputs. */
export const MOST_HEAP_MEGABYTES = 256;
/** No input may add more to the process's peak. */
export const MOST_GROWTH = 128 * 2 ** 20;

/** A message without what differs from input to input. */
export function kindOf(message: string, folder: string): string {
  return message
    .replaceAll(folder, "")
    .replace(/"(?:[^"\\]|\\.)*"/g, "…")
    .replace(/[-+]?\d[\d.,e+-]*/g, "#")
    .replace(/^\S*?[./]\S*: |^--set \S+: /, "")
    .slice(0, 60);
}

/** The figures as lines: a table, and below it the most frequent refusals of each reader. */
export function figureLines(all: readonly Figures[]): string[] {
  const head = ["reader", "inputs", "read", "refused", "kinds", "slowest ms", "growth MB"];
  const rows = all.map(({ reader, inputs, results, kinds, ...rest }) => [
    ...[reader, inputs, results, inputs - results, Object.keys(kinds).length],
    ...[rest.slowestMilliseconds.toFixed(1), (rest.growthBytes / 2 ** 20).toFixed(1)],
  ]);
  const widths = head.map((_, i) =>
    Math.max(...[head, ...rows].map((row) => String(row[i]).length)),
  );
  const line = (row: readonly (string | number)[]) =>
    row
      .map((cell, i) =>
        i === 0 ? String(cell).padEnd(widths[i]!) : String(cell).padStart(widths[i]!),
      )
      .join("  ");
  const frequent = all.flatMap(({ reader, kinds }) => [
    `${reader}:`,
    ...Object.entries(kinds)
      .sort(([, a], [, b]) => b - a)
      .slice(0, 4)
      .map(([kind, count]) => `${String(count).padStart(8)}  ${kind}`),
  ]);
  return [line(head), ...rows.map(line), "", ...frequent];
}
