import type { ColumnOrder } from "./column-order.js";
import type { FilmExtent } from "./film-extent.js";
import { formatCount } from "./format-number.js";
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
      markup`<path d="M${area.left - 6},${y(tick)}h4" stroke="currentColor" stroke-opacity="0.4"/><text x="${area.left - 10}" y="${y(tick)}" dy="0.34em" text-anchor="end">${tick === 0 ? "start" : formatCount(tick)}</text>`,
  )}`;
}

/** Below the picture: brackets under the sections with what each ended up using, or plain ticks. */
export function locationAxis(
  columns: ColumnOrder,
  { last, area }: { last: Int32Array; area: Area },
): Markup {
  const { locations, sections, kind } = columns;
  if (sections.length === 0) return plainTicks(locations.length, area);
  const scale = area.width / locations.length;
  const brackets = sections.map(({ label, from, to }): Bracket => {
    const left = area.left + from * scale + 2;
    const used = new Set(locations.subarray(from, to).map((location) => last[location]!));
    return {
      left,
      right: Math.max(left, area.left + to * scale - 2),
      label,
      spelled: kind === "true group" ? `group ${label}` : label,
      used: used.size === 1 ? `H${[...used][0]}` : `${used.size} H`, // H_k, as in the paper
      usedSpelled: used.size === 1 ? `hypermodule ${[...used][0]}` : `${used.size} hypermodules`,
    };
  });
  // one way of writing for all: short ones beside spelled ones would look like two things
  const spellNames = brackets.every((at) => fits(at.spelled, at));
  const spellUsed = brackets.every((at) => !fits(at.used, at) || fits(at.usedSpelled, at));
  const y = area.top + area.height + 5;
  return markup`${brackets.map((at) =>
    bracket(at, {
      name: spellNames ? at.spelled : at.label,
      used: spellUsed ? at.usedSpelled : at.used,
      y,
    }),
  )}`;
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

interface Bracket {
  readonly left: number;
  readonly right: number;
  readonly label: string;
  readonly spelled: string;
  readonly used: string;
  readonly usedSpelled: string;
}

function bracket(
  at: Bracket,
  { name, used, y }: { name: string; used: string; y: number },
): Markup {
  const { left, right } = at;
  const width = right - left + 4;
  const middle = round((left + right) / 2);
  const shownName = width > 18 ? fitText(name, { width, fontSize: 12 }) : "…"; // "l…" says nothing
  return markup`<path d="M${round(left)},${y}v5H${round(right)}v-5" fill="none" stroke="currentColor" stroke-opacity="0.45"/>${
    (shownName.length > 2 || shownName === name) &&
    markup`<text x="${middle}" y="${y + 22}">${shownName}</text>`
  }${
    fits(used, at) && markup`<text x="${middle}" y="${y + 39}" fill-opacity="0.65">${used}</text>`
  }`;
}

function fits(text: string, { left, right }: Bracket): boolean {
  return textWidth(text, 12) <= right - left - 4;
}

function plainTicks(count: number, area: Area): Markup {
  const scale = area.width / count;
  const bottom = area.top + area.height;
  const ticks = niceTicks(0, count - 1, { count: area.width / 90, whole: true });
  return markup`${ticks.map((tick) => {
    const x = round(area.left + (tick + 0.5) * scale);
    return markup`<path d="M${x},${bottom + 3}v4" stroke="currentColor" stroke-opacity="0.4"/><text x="${x}" y="${bottom + 20}">${formatCount(tick)}</text>`;
  })}<text x="${area.left + area.width / 2}" y="${bottom + 37}" fill-opacity="0.65">location</text>`;
}
