import * as tf from "@tensorflow/tfjs-core";
import { BackendUnavailable } from "../backend-unavailable.js";
import { firstLine } from "../first-line.js";
import { isNode, nodeModule } from "../node-module.js";
import { fetchBinary, type PageBinary, type WasmPaths } from "./page-binary.js";
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

/** The backend asks for one of them and insists on all. */
const all = (address: string) => ({ [PLAIN]: address, [SIMD]: address, [THREADED]: address });

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
  const simd = (await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT")) === true;
  const name = simd ? SIMD : PLAIN;
  if (isNode()) return giveInNode(setWasmPaths, name);
  return paths === undefined ? { free() {} } : giveInPage(setWasmPaths, { name, paths });
}

/** Without its package's file, as in a program that was bundled, the backend finds one by itself, to work on one thread. */
function giveInNode(setWasmPaths: SetWasmPaths, name: string): GivenBinary {
  const free = () => {};
  try {
    const binary = Buffer.from(withSharedMemory(readBinary(name)));
    // by fetch, which takes such addresses
    setWasmPaths(all(`data:application/wasm;base64,${binary.toString("base64")}`), true);
    return { free };
  } catch (error) {
    return { free, sharingProblem: notShared(error) };
  }
}

function readBinary(name: string): Uint8Array {
  const modules = nodeModule("node:module")!;
  const entry = modules.createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm");
  const folder = nodeModule("node:url")!.pathToFileURL(entry);
  return nodeModule("node:fs")!.readFileSync(new URL(name, folder));
}

/** The backend fetches by its own way there, which ends where a file or its memory cannot be had. */
async function giveInPage(
  setWasmPaths: SetWasmPaths,
  { name, paths }: { name: string; paths: WasmPaths },
): Promise<GivenBinary> {
  const { address, ...given } = sharedWhereAllowed(await fetchBinary(name, paths));
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  try {
    setWasmPaths(all(address), false);
    return given;
  } catch {
    given.free();
    throw new BackendUnavailable("wasm", {
      problem: "it was asked to start before, and could not.",
      remedy: "Reload the page, and give useBackend `{ wasmPaths }` at the first call.",
    });
  }
}

/** The address of a copy whose memory is shared, in a page that may share it; else that of the file itself. */
function sharedWhereAllowed({ address, bytes }: PageBinary): GivenBinary & { address: string } {
  const free = () => {};
  if (!crossOriginIsolated) return { address, free };
  try {
    const shared = new Blob([withSharedMemory(bytes)], { type: "application/wasm" });
    const copy = URL.createObjectURL(shared);
    return { address: copy, free: () => URL.revokeObjectURL(copy) };
  } catch (error) {
    return { address, free, sharingProblem: notShared(error) };
  }
}

const notShared = (error: unknown) => `its memory is not shared: ${firstLine(error)}`;
