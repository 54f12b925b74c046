import type { Splits } from "@muir/data";

/** A task's data, ready to be trained on. */
export interface LoadedData {
  readonly splits: Splits;
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
