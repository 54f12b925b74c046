/**
 * A number for people: three significant digits, but no fewer than stand before the point;
 * `1.23e-5` where it is small; `–` for none.
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
  if (size >= 1e9 || (size > 0 && size < 1e-4)) return value.toExponential(2);
  if (size >= 100) return whole.format(value);
  return Number.isInteger(value) ? String(value) : threeDigits.format(value);
}

/**
 * A mean with its standard error, both to the error's second digit: `0.00441 ± 0.00015`. The mean
 * alone where there is no error. Very small or large ones each with a power of ten.
 */
export function formatMeanAndError(mean: number, standardError: number): string {
  if (!Number.isFinite(mean) || !Number.isFinite(standardError)) return formatNumber(mean);
  const digits = standardError > 0 ? 1 - Math.floor(Math.log10(standardError)) : 3;
  // where its digits would not be read any more, each gets its power of ten
  if (digits > 6 || Math.abs(mean) >= 1e9)
    return `${formatNumber(mean)} ± ${formatNumber(standardError)}`;
  const decimals = Math.max(0, digits);
  const { format } = new Intl.NumberFormat("en-US", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return `${format(mean)} ± ${format(standardError)}`;
}

/** A value as a paper prints it, with at least two decimals: `0.00`, `0.38`; `–` for none. */
export function formatPrinted(value: number | null): string {
  return value === null || !Number.isFinite(value) ? "–" : printed.format(value);
}

/**
 * A p-value, or, where it is small, a power of ten from its logarithm, however small that is:
 * `0.0312`, `4.1e-310`.
 */
export function formatProbability({ p, log10P }: { p: number; log10P: number }): string {
  if (log10P > -4 || !Number.isFinite(log10P)) return p === 0 ? "0" : formatNumber(p);
  const exponent = Math.floor(log10P);
  const digits = (10 ** (log10P - exponent)).toFixed(1);
  return digits === "10.0" ? `1.0e${exponent + 1}` : `${digits}e${exponent}`;
}

/** A share of 1 in percent: `98.6%`; `–` for none. */
export function formatShare(share: number | null): string {
  return share === null || !Number.isFinite(share) ? "–" : percent.format(share);
}

/** `8.3 s`, `1 min 23 s`, `2 h 05 min`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "–";
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const rounded = Math.round(seconds);
  const [hours, minutes] = [Math.floor(rounded / 3600), Math.floor((rounded % 3600) / 60)];
  const two = (part: number) => String(part).padStart(2, "0");
  return hours > 0 ? `${hours} h ${two(minutes)} min` : `${minutes} min ${two(rounded % 60)} s`;
}

/** A whole number with its thousands parted: `10,857`. */
export function formatCount(count: number): string {
  return whole.format(count);
}

/** A tick of a linear axis, short: `0.25`, `1,500`, `2e9`. */
export function formatTick(tick: number): string {
  const size = Math.abs(tick);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) return tick.toExponential().replace("e+", "e");
  return ticks.format(tick);
}

/** `1 location`, `30 locations`. */
export function counted(count: number, noun: string): string {
  return `${whole.format(count)} ${noun}${count === 1 ? "" : "s"}`;
}

// made once: a formatter costs far more to make than to use
const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const threeDigits = new Intl.NumberFormat("en-US", {
  minimumSignificantDigits: 3,
  maximumSignificantDigits: 3,
});
const printed = new Intl.NumberFormat("en-US", {
  minimumFractionDigits: 2,
  maximumFractionDigits: 6,
});
const ticks = new Intl.NumberFormat("en-US", { maximumFractionDigits: 6 });
const percent = new Intl.NumberFormat("en-US", { style: "percent", maximumFractionDigits: 1 });
