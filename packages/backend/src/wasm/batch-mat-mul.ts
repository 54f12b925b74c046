import * as tf from "@tensorflow/tfjs-core";
import { offsetOf, withScratch } from "./wasm-backend.js";
import type { WasmKernel, WasmKernelCall } from "./wasm-kernel.js";

export interface BatchMatMulAttributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/**
 * Products of stacks of matrices, each with its own operands or with one they share.
 *
 * The backend's own kernel keeps a packed copy of `b` for as long as `b` lives, which goes stale
 * when `b` changes in place and is the wrong one for a reshaped `b`; it is slow for stacks and
 * transposed operands. This one keeps nothing.
 */
export const batchMatMul: WasmKernel<BatchMatMulAttributes> = {
  name: "BatchMatMul",
  covers: ({ a, b }) => a!.dtype === "float32" && b!.dtype === "float32",
  run: multiplyStacks,
};

/** The product of `inputs.a` and `inputs.b` as a new tensor. */
export function multiplyStacks(call: WasmKernelCall<BatchMatMulAttributes>): tf.TensorInfo {
  const { inputs, attributes, backend, kernels } = call;
  const { transposeA, transposeB } = attributes;
  const a = stackOf(inputs["a"]!, transposeA);
  const b = stackOf(inputs["b"]!, transposeB);
  if (a.columns !== b.rows) {
    throw new RangeError(
      `matMul: inner sizes must be equal; got ${a.columns} and ${b.rows} of shapes [${inputs["a"]!.shape}] and [${inputs["b"]!.shape}] with transposeA=${transposeA} and transposeB=${transposeB}.`,
    );
  }
  const depth = a.columns;
  const outer = tf.broadcast_util.assertAndGetBroadcastShape(a.outer, b.outer);
  const product = backend.makeOutput([...outer, a.rows, b.columns], "float32");
  const aAt = offsetOf(backend, inputs["a"]!);
  const bAt = offsetOf(backend, inputs["b"]!);
  const productAt = offsetOf(backend, product);
  const count = tf.util.sizeFromShape(outer);
  if (count * a.rows * b.columns === 0) return product;
  // a stack times one matrix is one tall matrix times that matrix
  const oneProduct = b.count === 1 && !transposeA;
  const rows = oneProduct ? a.rows * count : a.rows;
  const scratchBytes = kernels.multiplyMatricesScratch(rows, b.columns, depth);
  withScratch(backend, scratchBytes, (scratch) => {
    for (let i = 0; i < (oneProduct ? 1 : count); i++) {
      kernels.multiplyMatrices(
        aAt + 4 * a.rows * depth * entryOf(a, outer, i),
        bAt + 4 * depth * b.columns * entryOf(b, outer, i),
        productAt + 4 * a.rows * b.columns * i,
        rows,
        b.columns,
        depth,
        transposeA,
        transposeB,
        scratch,
      );
    }
  });
  return product;
}

interface Stack {
  /** Matrices in the stack, and how they are arranged. */
  readonly count: number;
  readonly outer: number[];
  /** Of each matrix, after it was transposed if it is to be. */
  readonly rows: number;
  readonly columns: number;
}

function stackOf({ shape }: tf.TensorInfo, isTransposed: boolean): Stack {
  const outer = shape.slice(0, -2);
  const [rows, columns] = shape.slice(-2) as [number, number];
  const sides = isTransposed ? { rows: columns, columns: rows } : { rows, columns };
  return { count: tf.util.sizeFromShape(outer), outer, ...sides };
}

/** Which matrix of `stack` belongs to product `index` of those arranged as `outer`. */
function entryOf(stack: Stack, outer: readonly number[], index: number): number {
  if (stack.count === 1) return 0;
  if (stack.outer.length === outer.length && stack.outer.every((size, i) => size === outer[i])) {
    return index;
  }
  let entry = 0;
  let step = 1;
  let rest = index;
  for (let axis = outer.length - 1; axis >= 0; axis--) {
    const size = stack.outer[axis - outer.length + stack.outer.length] ?? 1;
    if (size > 1) entry += (rest % outer[axis]!) * step;
    step *= size;
    rest = Math.floor(rest / outer[axis]!);
  }
  return entry;
}
