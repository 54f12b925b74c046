import * as tf from "@tensorflow/tfjs-core";
import { medianTimes } from "./median-times.js";
import { report } from "./report.js";
import { withStockKernel } from "./stock-kernels.js";

/** Gathers of whole hypermodules and of embeddings, and the sum that is their gradient. */
export function benchmarkRows(stock: ReadonlyMap<string, tf.KernelConfig>): void {
  for (const [rows, row, picks] of [
    [10857, 1024, 10857],
    [33278, 256, 700],
  ] as const) {
    const x = tf.fill([rows, row], 0.5);
    const indices = tf.tidy(() => tf.cast(tf.mod(tf.mul(tf.range(0, picks), 7), rows), "int32"));
    const gather = () => tf.dispose(tf.gather(x, indices as tf.Tensor1D));
    const times = medianTimes(
      { muir: gather, stock: () => withStockKernel(stock, "GatherV2", gather) },
      { rounds: 5 },
    );
    report(`gather ${picks} of ${rows} rows of ${row}`, times);
    const sums = tf.fill([picks, row], 1);
    const sum = () => tf.dispose(tf.unsortedSegmentSum(sums, indices as tf.Tensor1D, rows));
    report(`sum ${picks} rows of ${row} into ${rows}`, medianTimes({ muir: sum }));
    tf.dispose([x, indices, sums]);
  }
}
