import * as tf from "@tensorflow/tfjs-core";
import { sumColumnsAt } from "./sum-columns-at.js";
import { memoryOf, offsetOf } from "./wasm-backend.js";
import type { WasmKernel } from "./wasm-kernel.js";

export interface SumAttributes {
  readonly axis: number | number[];
  readonly keepDims: boolean;
}

/**
 * Sums over the leading axes: what the gradient of a bias is made of. The backend's own kernel transposes
 * first, and sums nothing to whatever is in its memory; it goes on to sum over other axes.
 */
export const sum: WasmKernel<SumAttributes> = {
  name: "Sum",
  covers: ({ x }, { axis }) => {
    const { shape, dtype } = x!;
    const axes = tf.util.parseAxisParam(axis, [...shape]);
    const isLeading = axes.every((at) => at < axes.length);
    return (
      dtype === "float32" &&
      (tf.util.sizeFromShape([...shape]) === 0 || (isLeading && axes.length < shape.length))
    );
  },
  run(call) {
    const { inputs, attributes, backend } = call;
    const x = inputs["x"]!;
    const axes = tf.util.parseAxisParam(attributes.axis, [...x.shape]);
    const kept = x.shape.filter((_, at) => !axes.includes(at));
    const shape = attributes.keepDims
      ? x.shape.map((size, at) => (axes.includes(at) ? 1 : size))
      : kept;
    const total = backend.makeOutput(shape, "float32");
    const columns = tf.util.sizeFromShape(kept);
    const at = offsetOf(backend, total);
    if (tf.util.sizeFromShape([...x.shape]) === 0) {
      new Float32Array(memoryOf(backend).buffer, at, columns).fill(0);
      return total;
    }
    const rows = tf.util.sizeFromShape([...x.shape]) / columns;
    sumColumnsAt(call, { x: offsetOf(backend, x), sum: at, rows, columns });
    return total;
  },
};
