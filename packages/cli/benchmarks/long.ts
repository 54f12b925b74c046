// Whether memory stays level over a long run: `pnpm bench:long [steps] [backend]`. The cross-modal experiment at its
// tiny sizes, with a checkpoint every hundred steps; prints what is held after 500 steps and at the end.
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BackendName } from "@muir/backend";
import * as tf from "@tensorflow/tfjs-core";
import { crossModalFrom } from "../src/cross-modal/cross-modal-from.js";
import { prepareCrossModal } from "../src/cross-modal/prepare-cross-modal.js";
import { openCheckpointFolder } from "../src/run/checkpoint/checkpoint-folder.js";
import { startBackend } from "../src/run/start-backend.js";

const steps = Number(process.argv[2] ?? 10_000);
const name = (process.argv[3] ?? "wasm") as BackendName;
const perGeneration = 100;
const backend = await startBackend({ backend: name, threads: null });
const config = crossModalFrom({
  set: [
    `training.stepsPerGeneration=${perGeneration}`,
    "training.burnIn=0",
    "training.finalGenerations=0",
  ],
  generations: steps / perGeneration,
});
const folder = mkdtempSync(join(tmpdir(), "muir-long-"));
const before = tf.memory().numTensors;
const run = await prepareCrossModal(config);
const checkpoints = openCheckpointFolder(folder, { say: console.error });
const memory = { milliseconds: 0, wallSeconds: 0, restores: [] };
const seen: Record<string, ReturnType<typeof held>> = {};
const start = performance.now();
for await (const { generation } of run.training.generations()) {
  const checkpoint = await run.training.checkpoint();
  await checkpoints.write({ checkpoint, run: memory, endsSearch: false });
  const done = generation * perGeneration;
  if (done !== 500 && done !== steps && done % 2000 !== 0) continue;
  seen[`${done} steps`] = held();
  console.log(`${done} steps: ${JSON.stringify(seen[`${done} steps`])}`);
}
const seconds = (performance.now() - start) / 1000;
console.log(`cross-modal, tiny, ${backend.name}: ${steps} steps in ${seconds.toFixed(0)} s`);
console.table(seen);
run.training.dispose();
run.dispose?.();
rmSync(folder, { recursive: true });
console.log(`tensors left: ${tf.memory().numTensors - before}; files open: ${openFiles()}`);

function held() {
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  const { wasm } = tf.backend() as { wasm?: { HEAPU8: Uint8Array } };
  const mebibytes = (bytes: number) => Number((bytes / 2 ** 20).toFixed(1));
  return {
    tensors: tf.memory().numTensors,
    "tensors MiB": mebibytes(tf.memory().numBytes),
    "WASM heap MiB": mebibytes(wasm?.HEAPU8.buffer.byteLength ?? 0),
    "JS heap MiB": mebibytes(heapUsed),
    "RSS MiB": mebibytes(rss),
  };
}

/** File descriptors beside the first three, where the system tells. */
function openFiles(): string {
  return existsSync("/proc/self/fd") ? String(readdirSync("/proc/self/fd").length) : "unknown";
}
