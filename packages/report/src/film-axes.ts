import type { ColumnOrder, Section } from "./column-order.js";
import type { FilmExtent } from "./film-extent.js";
import { type Markup, markup } from "./markup.js";
import { niceTicks } from "./nice-ticks.js";
import { fitText, textWidth } from "./text-width.js";

/** The rectangle a picture fills, in pixels. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Room that {@link locationAxis} takes below the picture. */
export function axisHeight({ sections }: ColumnOrder): number {
  return sections.length > 0 ? 58 : 46;
}

/** Generations down the left edge, each tick at the middle of its row. */
export function generationAxis({ rows, through }: FilmExtent, area: Area): Markup {
  const ticks = niceTicks(0, through, { count: Math.max(2, area.height / 70), whole: true });
  const y = (generation: number) => round(area.top + ((generation + 0.5) / rows) * area.height);
  return markup`<text x="16" y="${area.top - 9}" text-anchor="start" fill-opacity="0.65">generation</text>${ticks.map(
    (tick) =>
      markup`<path d="M${area.left - 6},${y(tick)}h4" stroke="currentColor" stroke-opacity="0.4"/><text x="${area.left - 10}" y="${y(tick)}" dy="0.34em" text-anchor="end">${tick === 0 ? "start" : tick.toLocaleString("en-US")}</text>`,
  )}`;
}

/** Below the picture: brackets under the sections with what each ended up using, or plain ticks. */
export function locationAxis(columns: ColumnOrder, last: Int32Array, area: Area): Markup {
  if (columns.sections.length > 0) {
    const scale = area.width / columns.locations.length;
    return markup`${columns.sections.map((section) => {
      const left = area.left + section.from * scale + 2;
      const right = Math.max(left, area.left + section.to * scale - 2);
      const used = columns.locations.subarray(section.from, section.to).map((at) => last[at]!);
      const y = area.top + area.height + 5;
      return bracket(section, { left, right, y, used: new Set(used), kind: columns.kind });
    })}`;
  }
  return plainTicks(columns.locations.length, area);
}

/** Thin lines that part the sections, in the colour of the page. */
export function sectionGaps({ sections, locations }: ColumnOrder, area: Area): Markup {
  const scale = area.width / locations.length;
  // narrow sections get narrow gaps: a line must not hide the columns it parts
  const gap = Math.min(3, (area.width / Math.max(1, sections.length)) * 0.1);
  return markup`${sections
    .slice(1)
    .map(
      ({ from }) =>
        markup`<rect class="muir-surface" x="${round(area.left + from * scale - gap / 2)}" y="${area.top - 1}" width="${round(gap)}" height="${area.height + 2}" fill="#ffffff"/>`,
    )}`;
}

/** To a hundredth of a pixel. */
export function round(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}

function bracket(
  { label }: Section,
  {
    left,
    right,
    y,
    used,
    kind,
  }: { left: number; right: number; y: number; used: Set<number>; kind: ColumnOrder["kind"] },
): Markup {
  const width = right - left + 4;
  const middle = round((left + right) / 2);
  const fits = (text: string) => textWidth(text, 12) <= width;
  const name = kind === "true group" && fits(`group ${label}`) ? `group ${label}` : label;
  const module = [...used][0]!;
  const spelled = used.size === 1 ? `hypermodule ${module}` : `${used.size} hypermodules`;
  const short = used.size === 1 ? `H${module}` : `${used.size} H`; // H_k, as in the paper
  return markup`<path d="M${round(left)},${y}v5H${round(right)}v-5" fill="none" stroke="currentColor" stroke-opacity="0.45"/>${
    width > 18 &&
    markup`<text x="${middle}" y="${y + 22}">${fitText(name, { width, fontSize: 12 })}</text>`
  }${
    fits(short) &&
    markup`<text x="${middle}" y="${y + 39}" fill-opacity="0.65">${fits(spelled) ? spelled : short}</text>`
  }`;
}

function plainTicks(count: number, area: Area): Markup {
  const scale = area.width / count;
  const bottom = area.top + area.height;
  const ticks = niceTicks(0, count - 1, { count: area.width / 90, whole: true });
  return markup`${ticks.map((tick) => {
    const x = round(area.left + (tick + 0.5) * scale);
    return markup`<path d="M${x},${bottom + 3}v4" stroke="currentColor" stroke-opacity="0.4"/><text x="${x}" y="${bottom + 20}">${tick.toLocaleString("en-US")}</text>`;
  })}<text x="${area.left + area.width / 2}" y="${bottom + 37}" fill-opacity="0.65">location</text>`;
}
