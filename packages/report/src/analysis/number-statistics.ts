/** What Table 4 of the paper tells of a set of numbers. */
export interface NumberStatistics {
  /** Standard deviation about the mean, of the numbers as they are, without n - 1. */
  readonly deviation: number;
  readonly mean: number;
  /** Euclidean. */
  readonly norm: number;
  /** The largest absolute value. */
  readonly maximum: number;
}

/** The statistics of some numbers; all 0 where there are none. */
export function numberStatistics(numbers: Float32Array): NumberStatistics {
  const count = Math.max(1, numbers.length);
  let sum = 0;
  let squares = 0;
  let maximum = 0;
  for (const number of numbers) {
    sum += number;
    squares += number * number;
    maximum = Math.max(maximum, Math.abs(number));
  }
  const mean = sum / count;
  let apart = 0;
  for (const number of numbers) apart += (number - mean) ** 2;
  return { deviation: Math.sqrt(apart / count), mean, norm: Math.sqrt(squares), maximum };
}
