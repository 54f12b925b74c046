import { encode } from "fast-png";
import { alignmentRows } from "./alignment-rows.js";
import type { ModuleColours } from "./module-colours.js";
import type { RunRecord } from "./run-record.js";

/** The picture of a film: one pixel a cell, or a cell of each few where there are too many. */
export interface FilmImage {
  readonly png: Uint8Array;
  /** Pixels; pixel [y, x] shows location `columns[x * columnStep]` after generation `y * rowStep`. */
  readonly width: number;
  readonly height: number;
  readonly columnStep: number;
  readonly rowStep: number;
}

/**
 * Draws the alignments of generations 0 to `through` as an indexed PNG.
 *
 * Where there are more than `maximumPixels` rows or columns it keeps every n-th: a pixel is always
 * one true cell, never a blend of colours that no hypermodule has. Pictures that still come out over
 * `maximumBytes` are drawn again at larger steps.
 */
export function filmImage(
  record: RunRecord,
  {
    columns,
    colours,
    through,
    maximumPixels,
    maximumBytes,
  }: {
    columns: Int32Array;
    colours: ModuleColours;
    through: number;
    maximumPixels: number;
    maximumBytes: number;
  },
): FilmImage {
  const rows = Math.min(alignmentRows(record), through + 1);
  let columnStep = Math.ceil(columns.length / maximumPixels);
  let rowStep = Math.ceil(rows / maximumPixels);
  for (;;) {
    const width = Math.ceil(columns.length / columnStep);
    const height = Math.ceil(rows / rowStep);
    const data = cells(record, { columns, colours, width, height, columnStep, rowStep });
    const palette = colours.palette.map((rgb) => [...rgb]);
    const png = encode({ width, height, data, channels: 1, palette }, { zlib: { level: 9 } });
    if (png.length <= maximumBytes || width * height === 1) {
      return { png, width, height, columnStep, rowStep };
    }
    const excess = png.length / maximumBytes;
    if (columnStep > 2 && excess < 1.6) {
      columnStep = Math.ceil(columnStep * excess * 1.03); // a little is had from columns alone
      continue;
    }
    if (width > 1) columnStep *= 2;
    if (height > 1) rowStep *= 2;
  }
}

function cells(
  { alignments, config }: RunRecord,
  {
    columns,
    colours,
    width,
    height,
    columnStep,
    rowStep,
  }: Omit<FilmImage, "png"> & { columns: Int32Array; colours: ModuleColours },
): Uint8Array {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = y * rowStep * config.locations;
    for (let x = 0; x < width; x++) {
      data[y * width + x] = colours.index[alignments[row + columns[x * columnStep]!]!]!;
    }
  }
  return data;
}
