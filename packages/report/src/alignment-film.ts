import { alignmentAfter, alignmentRows, modulesInUse } from "./alignment-rows.js";
import { columnOrder } from "./column-order.js";
import { checkWhole, checkWidth, type FigureOptions, frameFigure } from "./figure-frame.js";
import { axisHeight, generationAxis, locationAxis, sectionGaps } from "./film-axes.js";
import { filmExtent } from "./film-extent.js";
import { filmImage } from "./film-image.js";
import { filmZones } from "./film-zones.js";
import { counted } from "./format-number.js";
import { inUsePanel, panelWidth } from "./in-use-panel.js";
import { markup } from "./markup.js";
import { moduleColours } from "./module-colours.js";
import type { RunRecord } from "./run-record.js";
import { runTitle } from "./run-title.js";

/** What {@link alignmentFilm} can be told. */
export interface AlignmentFilmOptions extends FigureOptions {
  /** The last generation drawn. Unless given, a still end is cut shortly after the last change. */
  readonly through?: number;
  /** Rows and columns of the picture at most, 2000 unless given; beyond, every n-th is drawn. */
  readonly maximumPixels?: number;
  /** Bytes of the picture at most, 1.4 million unless given; beyond, it is drawn again more coarsely. */
  readonly maximumBytes?: number;
}

/**
 * The alignment over the generations as a film (Fig. 2 of the paper): one row a generation, the
 * start on top; one column a location, by true group where that is known; one colour a
 * hypermodule. Vivid colours are the hypermodules that the last alignment uses, misty ones died out.
 * Pointing at a column shows its location's address.
 *
 * @returns a standalone SVG document with the picture inside as a PNG of one pixel a cell.
 * @throws {RangeError} if the run has no locations (independent training), the width is under 240,
 * or `through` or `maximumPixels` is not a whole number of at least 0 or 1.
 * @example
 * ```ts
 * await writeFile("alignment.svg", alignmentFilm(await readRun("runs/clean")));
 * ```
 */
export function alignmentFilm(record: RunRecord, options: AlignmentFilmOptions = {}): string {
  const { heading = true, maximumPixels = 2000, maximumBytes = 1_400_000 } = options;
  const width = checkWidth("alignmentFilm", options.width ?? 760);
  checkWhole("alignmentFilm", { name: "maximumPixels", value: maximumPixels, least: 1 });
  const extent = filmExtent(record, options.through);
  const { through, rows, settled, generations } = extent;

  const columns = columnOrder(record);
  const { locations } = columns;
  const colours = moduleColours(record);
  const image = filmImage(record, {
    columns: locations,
    colours,
    through,
    maximumPixels,
    maximumBytes,
  });
  const last = alignmentAfter(record, alignmentRows(record) - 1);

  const wide = width >= 560;
  const area = {
    left: 52,
    top: 26,
    width: width - 52 - (wide ? panelWidth : 16),
    height: wide ? filmHeight(rows, 520) : filmHeight(rows, 380),
  };
  const panel = { convergedAt: record.summary?.convergedAt ?? null, film: area };
  // every pixel stands for a whole step; what the last ones overhang is cut off
  const pictureWidth = (area.width * image.width * image.columnStep) / locations.length;
  const pictureHeight = (area.height * image.height * image.rowStep) / rows;
  const data = Buffer.from(image.png).toString("base64");
  const drawing = markup`<svg x="${area.left}" y="${area.top}" width="${area.width}" height="${area.height}" overflow="hidden"><image width="${pictureWidth}" height="${pictureHeight}" preserveAspectRatio="none" style="image-rendering:pixelated" href="data:image/png;base64,${data}"/></svg>${sectionGaps(columns, area)}${generationAxis(extent, area)}${locationAxis(columns, { last, area })}${wide && inUsePanel(modulesInUse(record).slice(0, rows), panel)}${filmZones(columns, { config: record.config, last, area })}`;

  return frameFigure(drawing, {
    width,
    height: area.top + area.height + axisHeight(columns),
    heading,
    title: filmTitle(record),
    subtitle: `${runTitle(record.config)}${settled < through && through < generations ? `; nothing changes after generation ${settled}` : ""}`,
    description: `One row a generation from 0 to ${through}, one column for each of ${counted(locations.length, "location")}, one colour a hypermodule; ${counted(colours.survivors.length, "hypermodule")} in use at the end.`,
  });
}

/** Six pixels a row while that fits, then a little more than `enough` for films of many rows. */
function filmHeight(rows: number, enough: number): number {
  const most = Math.round(enough * 1.35);
  return Math.min(Math.max(240, Math.min(enough, rows * 6), rows), most);
}

/** `30 locations come to share 3 hypermodules`. */
export function filmTitle(record: RunRecord): string {
  const locations = counted(record.config.locations, "location");
  const used = new Set(alignmentAfter(record, alignmentRows(record) - 1)).size;
  return used === record.config.locations
    ? `${locations}, ${counted(used, "hypermodule")}`
    : `${locations} come to share ${counted(used, "hypermodule")}`;
}
