import { formatTick } from "./format-number.js";
import { niceTicks } from "./nice-ticks.js";
import { superscript } from "./superscript.js";

/** How a figure's vertical axis shows losses. */
export interface LossScale {
  readonly type: "log" | "linear";
  readonly domain: readonly [low: number, high: number];
  readonly ticks: readonly number[];
  /** The text beside a tick. */
  label(tick: number): string;
  /** Where on the axis a loss is drawn; NaN for what is not a finite number. */
  place(loss: number): number;
  /** How far up the axis a value stands, from 0 to 1. */
  share(value: number): number;
  /** The value that far up: the inverse of `share`. */
  at(share: number): number;
}

/**
 * A logarithmic axis where no loss is negative and the positive ones span more than a decade, else
 * a linear one.
 *
 * A logarithmic axis has no zero, and a loss of exactly zero is good news that must not vanish: it
 * is drawn on a line of its own below the smallest positive loss, with a tick that says 0.
 *
 * @param options whether a linear axis begins at zero, as one does on which sizes are compared.
 */
export function lossScale(
  losses: Iterable<number>,
  { fromZero = true }: { fromZero?: boolean } = {},
): LossScale {
  let low = Infinity;
  let high = -Infinity;
  let least = Infinity; // positive
  for (const loss of losses) {
    if (!Number.isFinite(loss)) continue;
    const tamed = tame(loss);
    low = Math.min(low, tamed);
    high = Math.max(high, tamed);
    if (tamed > 0) least = Math.min(least, tamed);
  }
  if (low > high) return linearScale(0, 1);
  if (low >= 0 && high > 10 * least) return logScale(least, high, { zero: low === 0 });
  return linearScale(fromZero ? Math.min(0, low) : low, high);
}

function logScale(least: number, high: number, { zero }: { zero: boolean }): LossScale {
  const decades = Math.log10(high / least);
  const margin = 10 ** (0.04 * decades);
  const floor = zero ? least / 10 ** Math.max(0.4, 0.1 * decades) : least / margin;
  const ticks = logTicks(least, high);
  const [low, span] = [Math.log(floor), Math.log((high / floor) * margin)];
  return {
    type: "log",
    domain: [floor, high * margin],
    ticks: zero ? [floor, ...ticks] : ticks,
    label: (tick) => (zero && tick === floor ? "0" : powerLabel(tick)),
    place: (loss) => (Number.isFinite(loss) ? Math.max(floor, tame(loss)) : Number.NaN),
    share: (value) => (Math.log(value) - low) / span,
    at: (share) => Math.exp(low + share * span),
  };
}

function linearScale(low: number, high: number): LossScale {
  const top = high > low ? high + 0.04 * (high - low) : low + 1;
  const ticks = niceTicks(low, top, { count: 5 });
  return {
    type: "linear",
    domain: [low, top],
    ticks,
    label: formatTick,
    place: (loss) => (Number.isFinite(loss) ? tame(loss) : Number.NaN),
    share: (value) => (value - low) / (top - low),
    at: (share) => low + share * (top - low),
  };
}

/** Powers of ten from `low` to `high`, with 2 and 5 between them where that leaves fewer than three. */
function logTicks(low: number, high: number): number[] {
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  const inside = (tick: number) => tick >= low * 0.999 && tick <= high * 1.001;
  const every = Math.ceil((last - first) / 7);
  const powers = Array.from({ length: last - first + 1 }, (_, i) => first + i)
    .filter((exponent) => exponent % every === 0)
    .map(powerOfTen);
  const shown = powers.filter(inside);
  if (shown.length >= 3) return shown;
  return powers.flatMap((power) => [power, 2 * power, 5 * power]).filter(inside);
}

/** `0.01`, `1`, `500`, and from 10^4 up and 10^-4 down `10⁻⁴`, `2·10⁻⁵`. */
function powerLabel(tick: number): string {
  if (tick >= 1e-3 * 0.999 && tick < 9999) return String(Number(tick.toPrecision(3)));
  const [factor, exponent] = tick.toExponential(0).split("e") as [string, string];
  const power = `10${superscript(Number(exponent))}`;
  return factor === "1" ? power : `${factor}·${power}`;
}

/** Within what floating point can still scale and take logarithms of. */
function tame(loss: number): number {
  if (Math.abs(loss) < 1e-280) return 0;
  return Math.max(-1e280, Math.min(1e280, loss));
}

function powerOfTen(exponent: number): number {
  return Number(`1e${exponent}`); // 10 ** -5 is not 1e-5
}
