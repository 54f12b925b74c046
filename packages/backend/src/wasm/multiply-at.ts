import type { WasmKernelCall } from "./wasm-kernel.js";

/** C = op(A) op(B) + bias, by byte offsets; op transposes if asked to. */
export interface Product {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  /** One number a column of C; 0 where there is none. */
  readonly bias?: number;
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/** Computes a product; shared along its longer side, since each part packs all of the other operand. */
export function multiplyAt(
  { kernels, sharing }: Pick<WasmKernelCall<unknown>, "kernels" | "sharing">,
  { a, b, c, bias = 0, rows, columns, depth, transposeA = false, transposeB = false }: Product,
): void {
  const alongRows = rows >= columns;
  sharing.run({
    kernel: "multiplyMatrices",
    args: [
      a,
      b,
      c,
      bias,
      rows,
      columns,
      depth,
      Number(transposeA),
      Number(transposeB),
      Number(alongRows),
    ],
    items: alongRows ? rows : columns,
    multiple: alongRows ? 4 : 8,
    cost: (alongRows ? columns : rows) * depth,
    scratchBytes: kernels.multiplyMatricesScratch(rows, columns, depth),
  });
}
