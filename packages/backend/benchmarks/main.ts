// Times the kernels against those that the wasm backend comes with: `pnpm --filter @muir/backend bench`.
// Ratios in brackets say how many times as long the others take.
import "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { useBackend } from "@muir/backend";
import { benchmarkConv2d } from "./conv2d.js";
import { benchmarkMatMul } from "./mat-mul.js";
import { benchmarkRows } from "./rows.js";
import { benchmarkSplit } from "./split.js";
import { stockKernels } from "./stock-kernels.js";
import { benchmarkTrainingStep } from "./training-step.js";

const benchmarks: Readonly<Record<string, (stock: ReturnType<typeof stockKernels>) => void>> = {
  "mat-mul": benchmarkMatMul,
  conv2d: benchmarkConv2d,
  rows: benchmarkRows,
  split: benchmarkSplit,
  "training-step": benchmarkTrainingStep,
};

const stock = stockKernels();
const threadsFlag = process.argv.find((word) => word.startsWith("--threads="));
const threads = threadsFlag && { threads: Number(threadsFlag.slice("--threads=".length)) };
const { device } = await useBackend("wasm", threads || {});
console.log(device);
const asked = process.argv.slice(2).filter((word) => word !== threadsFlag);
for (const [name, benchmark] of Object.entries(benchmarks)) {
  if (asked.length === 0 || asked.includes(name)) benchmark(stock);
}
