import { isNode } from "../node-module.js";
import { coreCount } from "../threads/core-count.js";
import { canShare, engineOf, useThreads } from "./kernel-engine.js";
import { supportedBuild } from "./training-kernels-module.js";
import type { WasmBackend } from "./wasm-backend.js";

/** The threads that the kernels of a backend share their work between. */
export interface StartedThreads {
  /** Including the main thread. */
  readonly threads: number;
  /** Why there are no more, where that is not because so many were asked for. */
  readonly problem?: string;
}

/**
 * Starts threads for the kernels of a wasm backend.
 *
 * @param asked how many, the main thread included; one for each core if not given, or as many as run
 *   already.
 * @throws {Error} if several were asked for and cannot be had.
 */
export async function startThreads(
  backend: WasmBackend,
  { asked, sharingProblem }: { asked: number | undefined; sharingProblem?: string | undefined },
): Promise<StartedThreads> {
  if (supportedBuild() === undefined) return oneThread(asked, "the engine has no SIMD");
  if (asked === 1) {
    await useThreads(backend, 1);
    return { threads: 1 };
  }
  if (!canShare(backend)) return oneThread(asked, sharingProblem ?? whyNotShared());
  const running = engineOf(backend).sharing.threads;
  const threads = asked ?? (running > 1 ? running : coreCount());
  try {
    await useThreads(backend, threads);
    return { threads };
  } catch (error) {
    // a page may be forbidden to start threads
    return oneThread(asked, (error as Error).message.replace(/\.$/, ""));
  }
}

const whyNotShared = () =>
  isNode()
    ? "its memory is not shared: it was started before useBackend"
    : "its memory is not shared: the page is not cross-origin isolated";

function oneThread(asked: number | undefined, problem: string): StartedThreads {
  if (asked !== undefined && asked > 1) {
    throw new Error(`${asked} threads cannot be had: ${problem}.`);
  }
  return { threads: 1, problem };
}
