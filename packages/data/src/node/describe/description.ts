/** What there is to say of some data. */
export interface DataDescription {
  /** What it is, such as `labelled images`. */
  readonly kind: string;
  /** Where it is. */
  readonly path: string;
  /** What is to know of it, each with its name: counts, shapes, ranges. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** Its first examples, one line each. */
  readonly samples: readonly string[];
  /** Of images, a PNG with the first ten of each class. */
  readonly sheet?: Uint8Array;
}

/** A count as people read it: `50,000`. */
export const counted = (count: number): string => count.toLocaleString("en");

/** A number in a few digits: `0.0838`. */
export const short = (value: number): string => String(Number(value.toPrecision(4)));
