import * as tf from "@tensorflow/tfjs-core";
import { isNode, nodeModule } from "../node-module.js";
import { fetchBinary, type WasmPaths } from "./page-binary.js";
import { withSharedMemory } from "./shared-memory.js";

/** The function of that name of `@tensorflow/tfjs-backend-wasm`. */
export type SetWasmPaths = (addresses: Record<string, string>, byFetch: boolean) => void;

/** The binary that the backend will start from. */
export interface GivenBinary {
  /** Why threads cannot share its memory, where that is not the page's doing. */
  readonly sharingProblem?: string;
  /** Frees the copy of it, once the backend is started. */
  free(): void;
}

const PLAIN = "tfjs-backend-wasm.wasm";
const SIMD = "tfjs-backend-wasm-simd.wasm";
const THREADED = "tfjs-backend-wasm-threaded-simd.wasm";

/**
 * Gives the backend its ordinary build with a memory that threads can share, rather than its build
 * for threads. That one starts threads of its own, as many as ours, and in a way that works in pages
 * alone: from the text of one of its functions, which does not survive every minifier.
 *
 * In a page whose `paths` are not given nothing is done: the backend decides by itself.
 *
 * @throws {BackendUnavailable} if a page cannot have the file.
 */
export async function giveBinary(
  setWasmPaths: SetWasmPaths,
  paths: WasmPaths | undefined,
): Promise<GivenBinary> {
  if (!isNode() && paths === undefined) return { free() {} };
  const simd = (await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT")) === true;
  const name = simd ? SIMD : PLAIN;
  const binary = isNode() ? readBinary(name) : await fetchBinary(name, paths!);
  const { shared, ...sharing } = shareWhereAllowed(binary);
  const { address, free } = addressOf(shared);
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  // it asks for one of them and insists on all; by fetch, which takes such addresses
  setWasmPaths({ [PLAIN]: address, [SIMD]: address, [THREADED]: address }, true);
  return { ...sharing, free };
}

/** Something to fetch it from. A page may forbid data addresses; what stands in for fetch in Node may not know others. */
function addressOf(binary: Uint8Array<ArrayBuffer>): { address: string; free(): void } {
  const type = "application/wasm";
  if (isNode()) {
    const address = `data:${type};base64,${Buffer.from(binary).toString("base64")}`;
    return { address, free() {} };
  }
  const address = URL.createObjectURL(new Blob([binary], { type }));
  return { address, free: () => URL.revokeObjectURL(address) };
}

function shareWhereAllowed(binary: Uint8Array): {
  shared: Uint8Array<ArrayBuffer>;
  sharingProblem?: string;
} {
  if (!isNode() && !crossOriginIsolated) return { shared: Uint8Array.from(binary) };
  try {
    return { shared: withSharedMemory(binary) };
  } catch (error) {
    const [said] = (error as Error).message.split("\n");
    return {
      shared: Uint8Array.from(binary),
      sharingProblem: `its memory is not shared: ${said}`,
    };
  }
}

function readBinary(name: string): Uint8Array {
  const modules = nodeModule("node:module")!;
  const entry = modules.createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm");
  const folder = nodeModule("node:url")!.pathToFileURL(entry);
  return nodeModule("node:fs")!.readFileSync(new URL(name, folder));
}
