import { alignmentRows } from "./alignment-rows.js";
import { type Exchange, type ModuleHistory, moduleHistories } from "./analysis/module-lineage.js";
import { counted, formatCount } from "./format-number.js";
import { type Markup, markup } from "./markup.js";
import { moduleColours } from "./module-colours.js";
import { hex } from "./oklch.js";
import type { RunRecord } from "./run-record.js";

const SHOWN = 12;
const SHOWN_EXCHANGES = 4;

/** The page's table of where the hypermodules left at the end came from. */
export function lineageTable(record: RunRecord): Markup | undefined {
  if (alignmentRows(record) < 2) return undefined;
  const histories = moduleHistories(record);
  const survivors = histories.filter(({ atEnd }) => atEnd > 0);
  const gone = histories.length - survivors.length;
  const { palette, index } = moduleColours(record);
  const swatch = (module: number) =>
    markup`<span class="swatch" style="background:${hex(palette[index[module]!]!)}"></span>${module}`;
  const row = (history: ModuleHistory) =>
    markup`<tr><td>${swatch(history.module)}</td><td class="number">${formatCount(history.atStart)}</td><td class="number spare">${formatCount(history.most)}</td><td class="number">${formatCount(history.atEnd)}</td><td>${cameFrom(history.tookFrom, swatch)}</td></tr>`;
  return markup`<section><h2>Lineage</h2><p class="caption">${
    survivors.length > SHOWN ? `The ${SHOWN} most used of ` : ""
  }${counted(survivors.length, "hypermodule")} in use at the end${gone === 0 ? "" : `; ${counted(gone, "other")} died out`}. Locations at the start, at most and at the end, and whose places they took, how often.</p><div class="card scroll"><table><thead><tr><th>hypermodule</th><th class="number">start</th><th class="number spare">most</th><th class="number">end</th><th>took the place of</th></tr></thead><tbody>${survivors
    .slice(0, SHOWN)
    .map(row)}</tbody></table></div></section>`;
}

function cameFrom(exchanges: readonly Exchange[], swatch: (module: number) => Markup): Markup {
  if (exchanges.length === 0) return markup`–`;
  const rest = exchanges.length - SHOWN_EXCHANGES;
  return markup`${exchanges.slice(0, SHOWN_EXCHANGES).map(
    ({ module, times }, i) =>
      // the first two have room on a phone
      markup`<span class="${i < 2 ? "exchange" : "exchange spare"}">${swatch(module)} ${formatCount(times)}×</span>`,
  )}${rest > 0 && markup`<span class="spare">and ${counted(rest, "other")}</span>`}`;
}
