import { withScratch } from "./wasm-backend.js";
import type { WasmKernelCall } from "./wasm-kernel.js";

/** Rows are summed in so many parts, each for itself; the digits depend on it, so it is always the same. */
const PARTS = 8;
/** A part has so many rows at least. */
const LEAST_ROWS = 128;

/** Sums of the columns of x, `[rows, columns]`, by byte offsets. */
export function sumColumnsAt(
  { backend, sharing }: WasmKernelCall<unknown>,
  { x, sum, rows, columns }: { x: number; sum: number; rows: number; columns: number },
): void {
  const partRows = Math.max(Math.ceil(rows / PARTS), LEAST_ROWS);
  const parts = Math.ceil(rows / partRows);
  withScratch(backend, 4 * parts * columns, (sums) => {
    sharing.run({
      kernel: "sumColumns",
      args: [x, sums, columns, partRows],
      items: rows,
      partItems: partRows,
      cost: columns,
      scratchBytes: 4 * columns,
    });
    sharing.run({
      kernel: "sumParts",
      args: [sums, sum, parts, columns],
      items: columns,
      multiple: 16,
      cost: 4 * parts,
    });
  });
}
