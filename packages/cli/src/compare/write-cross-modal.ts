import { type ComparisonMeta, taskComparisonPage } from "@muir/report";
import type { CrossModalRow } from "./cross-modal-rows.js";
import { crossModalCells, crossModalFigures, crossModalTable } from "./cross-modal-table.js";
import { csvRecords, latexTable, markdownTable } from "./table-formats.js";
import { writeFiles } from "./write-files.js";

/**
 * Writes what a cross-modal comparison came to, in every format; the paths. Files are named after the paper's table, so
 * that tables whose runs are in one folder keep their own.
 */
export function writeCrossModal(
  rows: readonly CrossModalRow[],
  { out, name, meta }: { out: string; name: string; meta: ComparisonMeta },
): string[] {
  const cells = crossModalCells(rows);
  const files = {
    [`${name}.html`]: taskComparisonPage(rows, meta),
    [`${name}.txt`]: `${crossModalTable(rows)}\n`,
    [`${name}.md`]: markdownTable(cells),
    [`${name}.csv`]: csvRecords(crossModalFigures(rows)),
    [`${name}.tex`]: latexTable(cells),
    [`${name}.json`]: `${JSON.stringify(rows, null, 2)}\n`,
  };
  return writeFiles(out, files);
}
