import type { Axis } from "./chart.js";
import { superscript } from "./superscript.js";

/** A logarithmic axis of sizes with powers of two as ticks, about `count` of them. */
export function locationsAxis(sizes: readonly number[], count: number): Axis {
  const [low, high] = [Math.min(...sizes), Math.max(...sizes)];
  const [first, last] = [Math.ceil(Math.log2(low)), Math.floor(Math.log2(high))];
  const every = Math.max(1, Math.ceil((last - first) / count));
  const powers = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
  return {
    type: "log",
    domain: low < high ? [low / 1.1, high * 1.1] : [low / 2, high * 2],
    ticks:
      powers.length > 0
        ? powers.filter((power) => (power - first) % every === 0).map((power) => 2 ** power)
        : [low],
    label: "locations L",
    format: (tick) => {
      const power = Math.log2(Number(tick));
      return Number.isInteger(power) ? `2${superscript(power)}` : String(tick);
    },
  };
}
