import * as tf from "@tensorflow/tfjs-core";
import { type Contender, medianTimes } from "./median-times.js";
import { report } from "./report.js";
import { withStockKernel } from "./stock-kernels.js";

const products = [
  { sizes: [1024, 1024, 1024], transposeA: false, transposeB: false },
  { sizes: [1024, 1024, 1024], transposeA: false, transposeB: true },
  { sizes: [1024, 1024, 1024], transposeA: true, transposeB: false },
  { sizes: [1024, 1024, 1024], transposeA: true, transposeB: true },
  { sizes: [700, 33278, 256], transposeA: false, transposeB: true },
  { sizes: [20, 1024, 256], transposeA: false, transposeB: false },
  { sizes: [128, 10, 96], transposeA: false, transposeB: false },
] as const;

/** Products of [m, k] and [k, n], given as [m, n, k], in all transposed modes. */
export function benchmarkMatMul(stock: ReadonlyMap<string, tf.KernelConfig>): void {
  for (const { sizes, transposeA, transposeB } of products) {
    const [m, n, k] = sizes;
    const a = tf.fill(transposeA ? [k, m] : [m, k], 0.5);
    const b = tf.fill(transposeB ? [n, k] : [k, n], 0.25);
    const multiply: Contender = () => tf.dispose(tf.matMul(a, b, transposeA, transposeB));
    const times = medianTimes(
      { muir: multiply, stock: () => withStockKernel(stock, "BatchMatMul", multiply) },
      { rounds: 5 },
    );
    const mode = `${transposeA ? "T" : "N"}${transposeB ? "T" : "N"}`;
    const rate = (2 * m * n * k) / times["muir"]! / 1e6;
    report(`matMul ${m}x${n}x${k} ${mode}, ${rate.toFixed(0)} GFLOP/s`, times);
    tf.dispose([a, b]);
  }
}
