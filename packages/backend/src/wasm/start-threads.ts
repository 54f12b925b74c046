import { BackendUnavailable } from "../backend-unavailable.js";
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
 * @param asked how many, the main thread included; if not given, as many as were chosen before, or run
 *   already, or one for each core.
 * @param fewerWillDo whether one thread will do where several cannot be had.
 * @throws {BackendUnavailable} if several were asked for and cannot be had.
 */
export async function startThreads(
  backend: WasmBackend,
  { asked: given, fewerWillDo = false, sharingProblem }: ThreadsAsked,
): Promise<StartedThreads> {
  const asked = given ?? chosen.get(backend);
  const oneThread = (problem: string) => {
    if (asked === undefined || asked === 1 || fewerWillDo) return { threads: 1, problem };
    throw new BackendUnavailable("wasm", {
      problem: `${asked} threads cannot be had: ${problem}.`,
      remedy:
        "Call useBackend before tf.setBackend and tf.ready, in a page that is cross-origin isolated, or ask for one thread.",
    });
  };
  if (supportedBuild() === undefined) return oneThread("the engine has no SIMD");
  if (asked === 1) {
    await useThreads(backend, 1);
    chosen.set(backend, 1);
    return { threads: 1 };
  }
  if (!canShare(backend)) return oneThread(sharingProblem ?? whyNotShared());
  const running = engineOf(backend).sharing.threads;
  const threads = asked ?? (running > 1 ? running : coreCount());
  try {
    await useThreads(backend, threads);
    if (asked !== undefined) chosen.set(backend, asked);
    return { threads };
  } catch (error) {
    // a page may be forbidden to start threads
    return oneThread((error as Error).message.replace(/\.$/, ""));
  }
}

/** What a program asked for stays its choice when a backend is taken again. */
const chosen = new WeakMap<WasmBackend, number>();

interface ThreadsAsked {
  readonly asked: number | undefined;
  readonly fewerWillDo?: boolean | undefined;
  /** Why the memory cannot be shared, where that is known. */
  readonly sharingProblem?: string | undefined;
}

const whyNotShared = () =>
  isNode()
    ? "its memory is not shared: it was started before useBackend"
    : "its memory is not shared: the page is not cross-origin isolated";
