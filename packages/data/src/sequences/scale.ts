/** A change of scale: `(score - mean) / deviation`. */
export interface Scale {
  readonly mean: number;
  /** Above 0. */
  readonly deviation: number;
}

/** The scale that leaves scores as they are. */
export const SAME_SCALE: Scale = { mean: 0, deviation: 1 };

/** The scale on which these scores have mean 0 and deviation 1; deviation is 1 where all are alike. */
export function scaleOf(scores: Iterable<number>): Scale {
  let count = 0;
  let mean = 0;
  let squares = 0; // of the differences from the mean so far (Welford)
  for (const score of scores) {
    count += 1;
    const difference = score - mean;
    mean += difference / count;
    squares += difference * (score - mean);
  }
  return { mean, deviation: Math.sqrt(squares / count) || 1 };
}
