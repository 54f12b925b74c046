/** How probable a result at least as far from what chance expects is, both tails. */
export interface PValue {
  /** 0 where it is smaller than a double can hold; then `log10P` still tells how small. */
  readonly p: number;
  /** Its decimal logarithm, at most 0. */
  readonly log10P: number;
}

/** A p-value from its natural logarithm, the form in which one of 1e-1000 can be computed. */
export function pValueOfLog(logP: number): PValue {
  const log = Math.min(0, logP); // rounding must not make it more than certain
  return { p: Math.exp(log), log10P: log === 0 ? 0 : log / Math.LN10 };
}
