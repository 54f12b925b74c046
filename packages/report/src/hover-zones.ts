import { type Markup, markup } from "./markup.js";
import { fitText } from "./text-width.js";

/** Where a figure says more to those who point at it. */
export interface HoverZone {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly text: string;
}

/**
 * Areas that light up and show a line of text while one points at or taps them.
 *
 * They need no script, only the figure's style sheet: a program that ignores it shows nothing of
 * them. All texts stand in one place, which has to be kept free.
 *
 * @param place right end and base line of the text, and the width there is for it.
 */
export function hoverZones(
  zones: readonly HoverZone[],
  place: { readonly x: number; readonly y: number; readonly width: number },
): Markup {
  return markup`<g class="muir-zones" visibility="hidden" pointer-events="all" text-anchor="end">${zones.map(
    ({ x, y, width, height, text }) =>
      markup`<g><rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}"/><text x="${short(place.x)}" y="${short(place.y)}">${fitText(text, { width: place.width, fontSize: 12 })}</text></g>`,
  )}</g>`;
}

/** The rules that {@link hoverZones} needs. */
export const hoverStyle =
  ".muir-zones>g:hover{visibility:visible}.muir-zones rect{fill:currentColor;fill-opacity:.28}.muir-zones text{pointer-events:none;font-weight:600}";

/** To a tenth of a pixel: there are many of them. */
function short(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
