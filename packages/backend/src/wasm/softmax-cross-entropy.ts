import type * as tf from "@tensorflow/tfjs-core";
import { checkIndices } from "./check-indices.js";
import { floatsOf, memoryOf, offsetOf, withScratch } from "./wasm-backend.js";
import type { WasmKernel } from "./wasm-kernel.js";

export interface SoftmaxCrossEntropyAttributes {
  /** Groups of equally many rows; each has a mean of its own. */
  readonly groups: number;
  /** Whether the gradient is asked for, too. */
  readonly gradient: boolean;
}

/**
 * The mean softmax cross-entropy of each group of rows, and its gradient by the logits, in one pass.
 *
 * Inputs: logits [rows, classes], labels int32 [rows]. Outputs: losses [groups] and, if asked for, the
 * gradient [rows, classes]: (softmax - one at the label) / rows of a group.
 */
export const softmaxCrossEntropy: WasmKernel<SoftmaxCrossEntropyAttributes> = {
  name: "MuirSoftmaxCrossEntropy",
  covers: ({ logits, labels }) => logits!.dtype === "float32" && labels!.dtype === "int32",
  run(call) {
    const { inputs, attributes, backend, sharing } = call;
    const { logits, labels } = inputs as { logits: tf.TensorInfo; labels: tf.TensorInfo };
    const [rows, classes] = logits.shape as [number, number];
    checkIndices(call, labels, { limit: classes, what: "softmaxCrossEntropy: labels" });
    const groupRows = rows / attributes.groups;
    const losses = backend.makeOutput([attributes.groups], "float32");
    const gradient = attributes.gradient ? backend.makeOutput([rows, classes], "float32") : null;
    withScratch(backend, 8 * rows, (sums) => {
      const margins = sums + 4 * rows;
      sharing.run({
        kernel: "softmaxCrossEntropy",
        args: [
          offsetOf(backend, logits),
          offsetOf(backend, labels),
          sums,
          margins,
          gradient === null ? 0 : offsetOf(backend, gradient),
          classes,
          1 / groupRows,
        ],
        items: rows,
        cost: 16 * classes,
      });
      const { buffer } = memoryOf(backend);
      const [sumOf, marginOf] = [sums, margins].map((at) => new Float32Array(buffer, at, rows));
      floatsOf(backend, losses).set(meansOf(sumOf!, marginOf!, groupRows));
    });
    return gradient === null ? [losses] : [losses, gradient];
  },
};

/** The mean of ln sum - margin of each group. */
function meansOf(sums: Float32Array, margins: Float32Array, groupRows: number): number[] {
  return Array.from({ length: sums.length / groupRows }, (_, group) => {
    let total = 0;
    for (let row = group * groupRows; row < (group + 1) * groupRows; row++) {
      total += Math.log(sums[row]!) - margins[row]!;
    }
    return total / groupRows;
  });
}
