/** Red, green and blue, whole numbers from 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** A colour in coordinates in which equal steps look equally far apart. */
export interface Oklch {
  /** From 0 to 1. */
  readonly lightness: number;
  /** From 0 (grey) to about 0.3. */
  readonly chroma: number;
  /** In degrees. */
  readonly hue: number;
}

/**
 * The sRGB colour of an OKLCH one. Colours out of sRGB's reach are clipped.
 *
 * @example
 * ```ts
 * oklch({ lightness: 0.7, chroma: 0, hue: 0 }); // [158, 158, 158]
 * ```
 */
export function oklch({ lightness, chroma, hue }: Oklch): Rgb {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  // OKLab to cone responses to linear sRGB (Ottosson 2020)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    encode(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encode(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    encode(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** `#rrggbb`. */
export function hex(rgb: Rgb): string {
  return `#${rgb.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

function encode(linear: number): number {
  const light = Math.min(1, Math.max(0, linear));
  return Math.round(
    255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055),
  );
}
