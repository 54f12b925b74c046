import "@tensorflow/tfjs";
import { enableRelaxedSimd, useBackend } from "@muir/backend";
import * as tf from "@tensorflow/tfjs-core";

/** A backend with muir's kernels, or one as TensorFlow.js comes. */
export type BenchBackend = "wasm" | "stock-wasm" | "stock-cpu";

/** Starts a backend; what it says of itself. */
export async function prepareBackend(
  name: BenchBackend,
  threads: number,
): Promise<Record<string, unknown>> {
  tf.enableProdMode();
  if (name === "wasm") {
    enableRelaxedSimd();
    const { device, threads: found } = await useBackend("wasm", { threads });
    return { device, threads: found };
  }
  const stock = name.replace("stock-", "");
  const { setThreadsCount } = await import("@tensorflow/tfjs-backend-wasm");
  setThreadsCount(threads);
  await tf.setBackend(stock);
  await tf.ready();
  return { device: `${stock}, as TensorFlow.js comes` };
}
