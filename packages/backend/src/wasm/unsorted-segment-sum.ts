import * as tf from "@tensorflow/tfjs-core";
import { checkSegmentIds } from "../kernels/check-segment-ids.js";
import { offsetOf } from "./wasm-backend.js";
import type { WasmKernel } from "./wasm-kernel.js";

export interface UnsortedSegmentSumAttributes {
  readonly numSegments: number;
}

/**
 * Sums of the rows of `x` that share an id; what the gradient of a gather is made of. As on the
 * other backends the result is float32, and rows with ids outside the segments count nowhere.
 */
export const unsortedSegmentSum: WasmKernel<UnsortedSegmentSumAttributes> = {
  name: "UnsortedSegmentSum",
  covers: ({ x, segmentIds }) =>
    x!.dtype !== "string" &&
    x!.dtype !== "complex64" &&
    segmentIds!.dtype === "int32" &&
    segmentIds!.shape.length === 1,
  run({ inputs, attributes, backend, sharing }) {
    const x = inputs["x"]!;
    const segmentIds = inputs["segmentIds"]!;
    checkSegmentIds(x, segmentIds);
    const source = x.dtype === "float32" ? x : toFloat(x, backend);
    const rowShape = x.shape.slice(1);
    const sums = backend.makeOutput([attributes.numSegments, ...rowShape], "float32");
    const count = tf.util.sizeFromShape(segmentIds.shape);
    const row = tf.util.sizeFromShape(rowShape);
    sharing.run({
      kernel: "sumSegments",
      args: [
        offsetOf(backend, source),
        offsetOf(backend, segmentIds),
        offsetOf(backend, sums),
        attributes.numSegments,
        count,
        row,
      ],
      items: row,
      multiple: 16,
      cost: 4 * (count + attributes.numSegments),
    });
    if (source !== x) backend.disposeData(source.dataId);
    return sums;
  },
};

function toFloat(x: tf.TensorInfo, backend: object): tf.TensorInfo {
  const { kernelFunc } = tf.getKernel("Cast", "wasm");
  return kernelFunc({ inputs: { x }, backend, attrs: { dtype: "float32" } }) as tf.TensorInfo;
}
