import type { Splits } from "@muir/data";
import type { Random } from "@muir/random";

/** What else loading depends on. */
export interface LoadOptions {
  /** Of text: streams read side by side. */
  readonly batchSize: number;
  /** Decides crops, the rows of each split, and what stand-ins are made of. */
  readonly random: Random;
}

/** A task's data, ready to be trained on. */
export interface LoadedData {
  readonly splits: Splits;
  /** Different words or bases that inputs may hold, also those that training never shows; 0 for numbers. */
  readonly symbols: number;
  /** Classes, or words, that targets may be; 0 for numbers. */
  readonly classes: number;
  /** What they are, in one line: `CIFAR-10: 45,000 images train, 5,000 validate, 10,000 test`. */
  readonly about: string;
}

/** How many examples of what each split has. */
export function aboutSplits(
  name: string,
  { train, validation, test }: Splits,
  unit: string,
): string {
  const count = ({ size }: { size: number }) => size.toLocaleString("en");
  return `${name}: ${count(train)} ${unit} train, ${count(validation)} validate, ${count(test)} test`;
}
