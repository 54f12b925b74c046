import type { NumericArray } from "./dataset.js";

/**
 * One more than the largest of whole numbers that are 0 or more; undefined of any other numbers, and of
 * none.
 */
export function boundOf(data: NumericArray["data"]): number | undefined {
  if (data instanceof Float32Array) return undefined;
  let largest = -1;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (value < 0) return undefined;
    if (value > largest) largest = value;
  }
  return largest < 0 ? undefined : largest + 1;
}

/** What a dataset says of its numbers, where there is something to say. */
export function boundsOf({
  inputs,
  targets,
}: {
  inputs: number | undefined;
  targets: number | undefined;
}) {
  return {
    ...(inputs !== undefined && { symbols: inputs }),
    ...(targets !== undefined && { classes: targets }),
  };
}
