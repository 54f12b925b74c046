import * as tf from "@tensorflow/tfjs-core";
import { medianTimes } from "./median-times.js";
import { report } from "./report.js";
import { withStockKernel } from "./stock-kernels.js";

/** The blocks of LeNet's three shared parameters, cut out of the blocks of a joint model. */
export function benchmarkSplit(stock: ReadonlyMap<string, tf.KernelConfig>): void {
  const blocks = tf.fill([13125, 16, 16], 0.5);
  const slice = () => tf.dispose(tf.slice(blocks, [1000, 0, 0], [361, 16, 16]));
  report(
    "slice 361 of 13125 blocks",
    medianTimes({ muir: slice, stock: () => withStockKernel(stock, "Slice", slice) }),
  );
  const split = () => tf.dispose(tf.split(blocks, [25, 288, 48, 12764], 0));
  report(
    "split 13125 blocks into 4 parts",
    medianTimes({ muir: split, stock: () => withStockKernel(stock, "SplitV", split) }),
  );
  tf.dispose(blocks);
}
