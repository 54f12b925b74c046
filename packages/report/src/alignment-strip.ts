import { alignmentAfter, alignmentRows } from "./alignment-rows.js";
import { columnOrder } from "./column-order.js";
import { type Markup, markup } from "./markup.js";
import { moduleColours } from "./module-colours.js";
import { hex } from "./oklch.js";
import type { RunRecord } from "./run-record.js";

/** The last alignment as one line of colour, in the film's order: a run's own flag. */
export function alignmentStrip(record: RunRecord): Markup | undefined {
  const rows = alignmentRows(record);
  if (rows === 0) return undefined;
  const alignment = alignmentAfter(record, rows - 1);
  const { locations } = columnOrder(record);
  const { palette, index } = moduleColours(record);
  const count = Math.min(locations.length, 240);
  const colours = Array.from(
    { length: count },
    (_, i) => index[alignment[locations[Math.floor((i * locations.length) / count)]!]!]!,
  );
  const starts = colours.flatMap((colour, i) => (colour === colours[i - 1] ? [] : [i]));
  return markup`<svg class="strip" viewBox="0 0 ${count} 1" preserveAspectRatio="none" shape-rendering="crispEdges" aria-hidden="true">${starts.map(
    (start, i) =>
      markup`<rect x="${start}" width="${(starts[i + 1] ?? count) - start}" height="1" fill="${hex(palette[colours[start]!]!)}"/>`,
  )}</svg>`;
}
