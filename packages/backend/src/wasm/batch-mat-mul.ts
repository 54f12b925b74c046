import * as tf from "@tensorflow/tfjs-core";
import { multiplyAt } from "./multiply-at.js";
import { offsetOf } from "./wasm-backend.js";
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
  run: (call) => multiplyStacks(call),
};

/**
 * The product of `inputs.a` and `inputs.b` as a new tensor.
 *
 * @param bias added to each row of it: `[columns]`, or any shape of that many numbers.
 */
export function multiplyStacks(
  call: WasmKernelCall<BatchMatMulAttributes>,
  bias?: tf.TensorInfo,
): tf.TensorInfo {
  const { inputs, attributes, backend } = call;
  const modes = { transposeA: attributes.transposeA, transposeB: attributes.transposeB };
  const { a, b, product } = operandsOf(call);
  const count = tf.util.sizeFromShape(product.outer);
  const c = backend.makeOutput([...product.outer, product.rows, product.columns], "float32");
  const at = {
    a: offsetOf(backend, inputs["a"]!),
    b: offsetOf(backend, inputs["b"]!),
    c: offsetOf(backend, c),
    bias: bias === undefined ? 0 : offsetOf(backend, bias),
  };
  if (count * product.rows * product.columns === 0) return c;
  // a stack times one matrix is one tall matrix times that matrix
  const isTall = b.count === 1 && !attributes.transposeA;
  if (isTall || count === 1) {
    multiplyAt(call, { ...at, ...product, ...modes, rows: product.rows * count });
  } else if (bias === undefined && isEven(a, product) && isEven(b, product)) {
    multiplyEven(call, at, { product, a, b });
  } else {
    for (let i = 0; i < count; i++) {
      multiplyAt(call, {
        ...{ ...product, ...modes, bias: at.bias },
        a: at.a + 4 * a.rows * a.columns * entryOf(a, product.outer, i),
        b: at.b + 4 * b.rows * b.columns * entryOf(b, product.outer, i),
        c: at.c + 4 * product.rows * product.columns * i,
      });
    }
  }
  return c;
}

/** Byte offsets of operands and result; 0 where there is no bias. */
interface Offsets {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly bias: number;
}

interface Stack {
  /** Matrices in the stack, and how they are arranged. */
  readonly count: number;
  readonly outer: number[];
  /** Of each matrix, after it was transposed if it is to be. */
  readonly rows: number;
  readonly columns: number;
}

interface ProductSizes {
  readonly outer: number[];
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
}

function operandsOf({ inputs, attributes }: WasmKernelCall<BatchMatMulAttributes>) {
  const { transposeA, transposeB } = attributes;
  const a = stackOf(inputs["a"]!, transposeA);
  const b = stackOf(inputs["b"]!, transposeB);
  if (a.columns !== b.rows) {
    throw new RangeError(
      `matMul: inner sizes must be equal; got ${a.columns} and ${b.rows} of shapes [${inputs["a"]!.shape}] and [${inputs["b"]!.shape}] with transposeA=${transposeA} and transposeB=${transposeB}.`,
    );
  }
  const outer = tf.broadcast_util.assertAndGetBroadcastShape(a.outer, b.outer);
  return { a, b, product: { outer, rows: a.rows, columns: b.columns, depth: a.columns } };
}

function stackOf({ shape }: tf.TensorInfo, isTransposed: boolean): Stack {
  const outer = shape.slice(0, -2);
  const [rows, columns] = shape.slice(-2) as [number, number];
  const sides = isTransposed ? { rows: columns, columns: rows } : { rows, columns };
  return { count: tf.util.sizeFromShape(outer), outer, ...sides };
}

/** Whether the entries of a stack follow each other as the products do, or are one. */
const isEven = ({ count, outer }: Stack, product: ProductSizes) =>
  count === 1 || String(outer) === String(product.outer);

function multiplyEven(
  { attributes, kernels, sharing }: WasmKernelCall<BatchMatMulAttributes>,
  { a: aAt, b: bAt, c }: Offsets,
  { product, a, b }: { product: ProductSizes; a: Stack; b: Stack },
): void {
  const { outer, rows, columns, depth } = product;
  const [transposeA, transposeB] = [Number(attributes.transposeA), Number(attributes.transposeB)];
  const entryA = a.count === 1 ? 0 : 4 * rows * depth;
  const entryB = b.count === 1 ? 0 : 4 * depth * columns;
  sharing.run({
    kernel: "multiplyStack",
    args: [aAt, bAt, c, rows, columns, depth, transposeA, transposeB, entryA, entryB],
    items: tf.util.sizeFromShape(outer),
    cost: rows * columns * depth,
    scratchBytes: kernels.multiplyMatricesScratch(rows, columns, depth),
  });
}

/** Which matrix of `stack` belongs to product `index` of those arranged as `outer`. */
function entryOf(stack: Stack, outer: readonly number[], index: number): number {
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
