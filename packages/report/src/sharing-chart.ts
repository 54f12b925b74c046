import { alignmentRows } from "./alignment-rows.js";
import { parseAddress } from "./analysis/parse-address.js";
import { type SharingMatrix, sharingMatrix } from "./analysis/sharing-matrix.js";
import { checkWidth, type FigureOptions, frameFigure } from "./figure-frame.js";
import { round } from "./film-axes.js";
import { counted, formatNumber } from "./format-number.js";
import { type HoverZone, hoverZones } from "./hover-zones.js";
import { type Markup, markup } from "./markup.js";
import type { RunRecord } from "./run-record.js";
import { runTitle } from "./run-title.js";
import { fitText, textWidth } from "./text-width.js";
import { theme } from "./theme.js";

/**
 * How much more or less often than by chance two layers share (Fig. 3b of the paper): a cell for
 * each two layers, orange where they share more, blue where less, empty at chance.
 *
 * @returns a standalone SVG document.
 * @throws {RangeError} if the width is under 240, or the run does not name its locations.
 * @example
 * ```ts
 * await writeFile("sharing.svg", sharingChart(await readRun("runs/cross-modal")));
 * ```
 */
export function sharingChart(record: RunRecord, options: FigureOptions = {}): string {
  const { heading = true } = options;
  const width = checkWidth("sharingChart", options.width ?? 760);
  const matrix = sharingMatrix(record);
  if (matrix === undefined) {
    throw new RangeError(
      "sharingChart: the run must have locations and name them; got none. Draw alignmentFilm instead.",
    );
  }
  const size = matrix.layers.length;
  const longest = Math.max(...matrix.layers.map(({ name }) => textWidth(name, 12)));
  const left = Math.round(Math.min(width * 0.32, longest + 26));
  const cellWidth = Math.min(110, (width - left - 16) / size);
  const cellHeight = Math.min(36, cellWidth);
  const area = { left, top: 34, cellWidth, cellHeight, size };
  const drawing = markup`${cells(matrix, area)}${rowLabels(matrix, area)}${hoverZones(
    zonesOf(matrix, area),
    { x: width - 12, y: 22, width: width - 24 },
  )}${legend({ x: left, y: area.top + size * cellHeight + 22, width: Math.min(300, width - left - 20) })}`;
  return frameFigure(drawing, {
    width,
    height: Math.ceil(area.top + size * cellHeight + 62),
    heading,
    title: "Sharing between layers against chance",
    subtitle: `${runTitle(record.config)}, generation ${alignmentRows(record) - 1}`,
    description: `${counted(size, "layer")}; by chance ${formatNumber(100 * matrix.chance)}% of all pairs of locations share a hypermodule.`,
  });
}

interface MatrixArea {
  readonly left: number;
  readonly top: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly size: number;
}

/** The lower half, diagonal included: the upper one is the same. */
function cells({ ratios }: SharingMatrix, area: MatrixArea): Markup {
  const { left, top, cellWidth, cellHeight, size } = area;
  const gap = cellHeight > 8 ? 1 : 0;
  const [width, height] = [round(cellWidth - gap), round(cellHeight - gap)];
  return markup`${Array.from({ length: size }, (_, row) =>
    Array.from({ length: row + 1 }, (_, column) => {
      const ratio = ratios[row * size + column]!;
      const x = round(left + column * cellWidth);
      const y = round(top + row * cellHeight);
      const shown = formatRatio(ratio);
      return markup`<rect x="${x}" y="${y}" width="${width}" height="${height}"${paint(ratio)}/>${
        cellHeight >= 18 &&
        textWidth(shown, 11) < cellWidth &&
        markup`<text x="${round(x + width / 2)}" y="${round(y + height / 2)}" dy="0.34em" font-size="11">${shown}</text>`
      }`;
    }),
  )}`;
}

/** Names of layers beside their rows, or, where rows are too low, of tasks beside theirs. */
function rowLabels({ layers }: SharingMatrix, { left, top, cellHeight: cell }: MatrixArea): Markup {
  const fit = (text: string) => fitText(text, { width: left - 24, fontSize: 12 });
  if (cell >= 12) {
    return markup`${layers.map(
      ({ name }, row) =>
        markup`<text x="${left - 8}" y="${round(top + (row + 0.5) * cell)}" dy="0.34em" text-anchor="end">${fit(name)}</text>`,
    )}`;
  }
  const tasks = new Map<string, { first: number; last: number }>();
  layers.forEach(({ name }, row) => {
    const { model } = parseAddress(name);
    tasks.set(model, { first: tasks.get(model)?.first ?? row, last: row });
  });
  return markup`${[...tasks].map(([task, { first, last }]) => {
    const [from, to] = [round(top + first * cell + 1), round(top + (last + 1) * cell - 1)];
    return markup`<path d="M${left - 4},${from}h-5V${to}h5" fill="none" stroke="currentColor" stroke-opacity="0.45"/>${
      (last + 1 - first) * cell > 11 &&
      markup`<text x="${left - 14}" y="${round((from + to) / 2)}" dy="0.34em" text-anchor="end">${fit(task)}</text>`
    }`;
  })}`;
}

function zonesOf({ layers, ratios }: SharingMatrix, area: MatrixArea): HoverZone[] {
  const { left, top, cellWidth: width, cellHeight: height, size } = area;
  return layers.flatMap(({ name: one }, row) =>
    layers.slice(0, row + 1).map(({ name: other }, column) => {
      const ratio = ratios[row * size + column]!;
      const pair = row === column ? `within ${one}` : `${one} with ${other}`;
      return {
        x: left + column * width,
        y: top + row * height,
        width,
        height,
        text: `${Number.isNaN(ratio) ? "no pair" : `${formatRatio(ratio)}×`} ${pair}`,
      };
    }),
  );
}

/** Eight times as often as by chance, or an eighth, and beyond: the strongest colours. */
const STRONGEST = 3;

/** Colour by the logarithm of the ratio, laid over the surface: it reads on light and dark. */
function paint(ratio: number): Markup {
  if (Number.isNaN(ratio)) {
    return markup` fill="none" stroke="currentColor" stroke-opacity="0.15"`;
  }
  const strength = Math.max(-1, Math.min(1, Math.log2(ratio) / STRONGEST));
  const colour = strength > 0 ? theme.warm : theme.accent;
  return markup` fill="${colour}" fill-opacity="${Math.round(90 * Math.abs(strength) + 3) / 100}"`;
}

function legend({ x, y, width }: { x: number; y: number; width: number }): Markup {
  const ratios = [0, 1 / 4, 1 / 2, 1, 2, 4, 8];
  const names = ["0", "¼", "½", "1", "2", "4", "8+"];
  const step = width / ratios.length;
  return markup`${ratios.map(
    (ratio, i) =>
      markup`<rect x="${round(x + i * step)}" y="${y - 9}" width="${round(step - 1)}" height="9"${paint(ratio)}/><text x="${round(x + (i + 0.5) * step)}" y="${y + 14}">${names[i]}</text>`,
  )}<text x="${x}" y="${y + 31}" text-anchor="start" fill-opacity="0.65">times as often as by chance</text>`;
}

function formatRatio(ratio: number): string {
  if (Number.isNaN(ratio)) return "";
  if (ratio >= 100) return ratio.toFixed(0);
  return ratio === 0 || ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(1);
}
