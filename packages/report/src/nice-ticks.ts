/**
 * At most `count` + 1 round numbers (1, 2 or 5 times a power of ten apart) from `from` to `to`.
 *
 * @example
 * ```ts
 * niceTicks(0, 47, { count: 5 }); // [0, 10, 20, 30, 40]
 * ```
 */
export function niceTicks(
  from: number,
  to: number,
  { count, whole = false }: { count: number; whole?: boolean },
): number[] {
  if (!(to > from)) return [from];
  const rough = (to - from) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((step) => step * power >= rough * (1 - 1e-9))!;
  const step = whole ? Math.max(1, factor * power) : factor * power;
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  // the division undoes the rounding of 3 * 0.1
  const decimals = Math.max(0, Math.ceil(-Math.log10(step)));
  return Array.from({ length: last - first + 1 }, (_, i) =>
    decimals > 15 ? (first + i) * step : Number(((first + i) * step).toFixed(decimals)),
  );
}
