import * as tf from "@tensorflow/tfjs-core";
import { checkIndices } from "./check-indices.js";
import { offsetOf } from "./wasm-backend.js";
import type { WasmKernel } from "./wasm-kernel.js";

export interface GatherAttributes {
  readonly axis: number;
  readonly batchDims: number;
}

/**
 * Entries of `x` along an axis by their indices: embeddings, mini-batches.
 *
 * The backend's own kernel copies number by number, and takes the wrong entries in batches of
 * gathers. Booleans, which are not 4 bytes long, go to it all the same.
 */
export const gatherV2: WasmKernel<GatherAttributes> = {
  name: "GatherV2",
  covers: ({ x, indices }) =>
    (x!.dtype === "float32" || x!.dtype === "int32") && indices!.dtype === "int32",
  run(call) {
    const { inputs, attributes, backend, sharing } = call;
    const x = inputs["x"] as tf.Tensor;
    const indices = inputs["indices"] as tf.Tensor;
    const axis = tf.util.parseAxisParam(attributes.axis, x.shape)[0]!;
    const { batchSize, outerSize, dimSize, sliceSize, outputShape } =
      tf.backend_util.segment_util.collectGatherOpShapeInfo(x, indices, axis, attributes.batchDims);
    const what = `gather: indices along axis ${axis} of [${x.shape}]`;
    checkIndices(call, indices, { limit: dimSize, what });
    const gathered = backend.makeOutput(outputShape, x.dtype);
    const picks = tf.util.sizeFromShape(indices.shape) / batchSize;
    const [xAt, indicesAt, gatheredAt] = [x, indices, gathered].map((tensor) =>
      offsetOf(backend, tensor),
    ) as [number, number, number];
    // x is [batch, outer, dim, slice], the result [batch, outer, picks, slice]
    for (let i = 0; i < batchSize * outerSize; i++) {
      sharing.run({
        kernel: "gatherRows",
        args: [
          xAt + 4 * dimSize * sliceSize * i,
          indicesAt + 4 * picks * Math.floor(i / outerSize),
          gatheredAt + 4 * picks * sliceSize * i,
          4 * sliceSize,
        ],
        items: picks,
        cost: 4 * sliceSize,
      });
    }
    return gathered;
  },
};
