import { hoverStyle } from "./hover-zones.js";
import { type Markup, markup, trusted } from "./markup.js";
import { fitText } from "./text-width.js";
import { theme } from "./theme.js";

/** What every figure can be told. */
export interface FigureOptions {
  /** In pixels, at least 240. The height follows from it and from what is drawn. */
  readonly width?: number;
  /** Whether title and subtitle are part of the picture; a page that has its own says false. */
  readonly heading?: boolean;
}

interface Frame {
  readonly width: number;
  /** Of what is drawn, without the heading. */
  readonly height: number;
  readonly title: string;
  readonly subtitle: string;
  /** One sentence for those who cannot see the figure. */
  readonly description: string;
  readonly heading: boolean;
}

/**
 * A standalone SVG document around `drawing`: size, fonts, colours for light and dark, heading.
 *
 * Presentation attributes hold the light colours and the style sheet the dark ones, so that
 * programs that ignore style sheets still draw a readable figure.
 */
export function frameFigure(drawing: Markup, frame: Frame): string {
  const { width, height, title, subtitle, description, heading } = frame;
  const top = heading ? headingHeight : 0;
  const whole = top + height;
  const titleSize = width < 480 ? 13 : 16;
  return markup`<svg xmlns="http://www.w3.org/2000/svg" class="muir-figure" width="${width}" height="${whole}" viewBox="0 0 ${width} ${whole}" role="img" aria-label="${title}" color="${theme.light.ink}" fill="currentColor" font-family="${theme.font}" font-size="12" text-anchor="middle"><desc>${description}</desc><style>${trusted(styleSheet)}</style><rect class="muir-surface" width="${width}" height="${whole}" fill="${theme.light.surface}"/>${
    heading &&
    markup`<g text-anchor="start"><text x="16" y="27" font-size="${titleSize}" font-weight="650">${fitText(title, { width: width - 24, fontSize: 1.08 * titleSize })}</text><text x="16" y="46" font-size="12.5" fill-opacity="0.65">${fitText(subtitle, { width: width - 24, fontSize: 12 })}</text></g>`
  }<g${top > 0 && markup` transform="translate(0,${top})"`}>${drawing}</g></svg>`.markup;
}

/**
 * The width asked for, in whole pixels.
 *
 * @throws {RangeError} if it is not a finite number of at least 240: nothing readable fits.
 */
export function checkWidth(caller: string, width: number): number {
  if (!(width >= 240 && Number.isFinite(width))) {
    throw new RangeError(
      `${caller}: width must be a finite number of at least 240 pixels; got ${width}.`,
    );
  }
  return Math.round(width);
}

/** @throws {RangeError} if `value` is not a whole number of at least `least`. */
export function checkWhole(
  caller: string,
  { name, value, least = 0 }: { name: string; value: number; least?: number },
): void {
  if (!Number.isInteger(value) || value < least) {
    throw new RangeError(
      `${caller}: ${name} must be a whole number of at least ${least}; got ${value}.`,
    );
  }
}

const headingHeight = 58;

// class names of its own: inside a page this sheet is everyone's
const styleSheet = `.muir-figure{color-scheme:light dark;--muir-surface:${theme.light.surface}}.muir-surface{fill:var(--muir-surface)}.muir-halo{stroke:var(--muir-surface)}${hoverStyle}.muir-figure text{font-variant-numeric:tabular-nums}@media screen and (prefers-color-scheme:dark){.muir-figure{--muir-surface:${theme.dark.surface};color:${theme.dark.ink}}}`;
