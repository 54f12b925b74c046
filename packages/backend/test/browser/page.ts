// What the pages of browser.test.ts run: trains on the backend that their address names, and tells
// the server what came of it.
import "@tensorflow/tfjs";
import { type BackendName, type BackendUnavailable, useBackend } from "@muir/backend";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { pooled } from "../training-cases/convolutions.js";
import { train } from "./train.js";

/** What a page tells. */
export type PageReport = {
  /** Whether the page may share memory between threads. */
  readonly isolated: boolean;
} & (Trained | { readonly problem: string; readonly remedy?: string });

/** What came of a training. */
export interface Trained {
  readonly device: string;
  readonly losses: number[];
  /** Whether the backend's memory is one that threads share. */
  readonly sharesMemory: boolean;
}

const asked = new URLSearchParams(location.search);
const files = asked.get("files") ?? "/wasm/";
const bySetWasmPaths = asked.has("bySetWasmPaths");
if (bySetWasmPaths) setWasmPaths(files);
const found = await trainOn(asked.get("backend") as BackendName).catch((error: unknown) => {
  const { problem = String(error), remedy } = error as BackendUnavailable;
  return { problem, remedy };
});
export const report: PageReport = { ...found, isolated: crossOriginIsolated };
await fetch("/report", { method: "POST", body: JSON.stringify(report) });

async function trainOn(name: BackendName): Promise<Trained> {
  const { device } = await useBackend(name, bySetWasmPaths ? {} : { wasmPaths: files });
  const losses = await train(pooled, 5);
  const { wasm } = tf.backend() as { wasm?: { HEAPU8: Uint8Array } };
  const sharesMemory = wasm?.HEAPU8.buffer.constructor.name === "SharedArrayBuffer";
  return { device, losses, sharesMemory };
}
