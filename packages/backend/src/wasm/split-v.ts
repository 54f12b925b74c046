import * as tf from "@tensorflow/tfjs-core";
import { copyBox } from "./slice.js";
import type { WasmKernel } from "./wasm-kernel.js";

export interface SplitAttributes {
  readonly numOrSizeSplits: number | number[];
  readonly axis: number;
}

/** Parts of `x` along an axis; each a {@link copyBox}. */
export const splitV: WasmKernel<SplitAttributes> = {
  name: "SplitV",
  covers: ({ x }) => x!.dtype !== "string" && x!.dtype !== "complex64",
  run(call) {
    const { numOrSizeSplits, axis } = call.attributes;
    const x = call.inputs["x"] as tf.Tensor;
    const along = tf.util.parseAxisParam(axis, x.shape)[0]!;
    const from = x.shape.map(() => 0);
    return tf.backend_util.prepareSplitSize(x, numOrSizeSplits, along).map((size) => {
      const part = copyBox(call, { from, shape: x.shape.with(along, size) });
      from[along] = from[along]! + size;
      return part;
    });
  },
};
