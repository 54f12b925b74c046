/**
 * A number for people: three significant digits, whole ones in full from a hundred up; `1.23e-5` where it
 * is small; `–` for none.
 *
 * @example
 * ```ts
 * formatNumber(0.0043210); // "0.00432"
 * formatNumber(1234567); // "1,234,567"
 * ```
 */
export function formatNumber(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size >= 1e12 || (size > 0 && size < 1e-4)) return value.toExponential(2);
  if (size >= 100) return value.toLocaleString("en-US", { maximumFractionDigits: 0 });
  if (Number.isInteger(value)) return String(value);
  return value.toLocaleString("en-US", {
    minimumSignificantDigits: 3,
    maximumSignificantDigits: 3,
  });
}

/**
 * A mean with its standard error, both to the error's second digit: `0.00441 ± 0.00015`. The mean
 * alone where there is no error.
 */
export function formatMeanAndError(mean: number, standardError: number): string {
  if (!Number.isFinite(mean) || !Number.isFinite(standardError)) return formatNumber(mean);
  const digits = standardError > 0 ? 1 - Math.floor(Math.log10(standardError)) : 3;
  if (digits > 9 || digits < -9) return `${formatNumber(mean)} ± ${formatNumber(standardError)}`;
  const decimals = Math.max(0, digits);
  const text = (value: number) =>
    value.toLocaleString("en-US", {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
  return `${text(mean)} ± ${text(standardError)}`;
}

/** A value as a paper prints it, with at least two decimals: `0.00`, `0.38`; `–` for none. */
export function formatPrinted(value: number | null): string {
  return value === null || !Number.isFinite(value)
    ? "–"
    : value.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 6 });
}

/** A share of 1 in percent: `98.6%`. */
export function formatShare(share: number | null): string {
  return share === null || !Number.isFinite(share)
    ? "–"
    : share.toLocaleString("en-US", { style: "percent", maximumFractionDigits: 1 });
}

/** `8.3 s`, `1 min 23 s`, `2 h 05 min`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "–";
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  const two = (part: number) => String(part).padStart(2, "0");
  return hours > 0 ? `${hours} h ${two(minutes)} min` : `${minutes} min ${two(whole % 60)} s`;
}
