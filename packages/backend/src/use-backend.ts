import { BACKEND_NAMES, type BackendName } from "./backend-name.js";
import { BackendUnavailable, isBackendUnavailable } from "./backend-unavailable.js";
import { remedies } from "./remedies.js";
import { startBackend } from "./start-backend.js";
import type { WasmPaths } from "./wasm/page-binary.js";

/** The backend in use, and why none of the faster ones is. */
export interface ActiveBackend {
  readonly name: BackendName;
  /** The device that really computes, with its threads where they are ours. */
  readonly device: string;
  /** Threads that our kernels share their work between, the main one included; 1 elsewhere. */
  readonly threads: number;
  /** Faster backends that were tried first, fastest first. Empty when one was asked for by name. */
  readonly skipped: readonly SkippedBackend[];
}

/** How the backend is to compute. */
export interface UseBackendOptions {
  /**
   * Threads for the kernels of the `wasm` backend, the main one included; results do not depend on
   * it. If not given, the number chosen before, or one for each core. Where several cannot be had, `auto`
   * goes on with one, rather than to a slower backend, and `device` says why. Other backends start their own.
   */
  readonly threads?: number;
  /**
   * Where a page finds the `.wasm` files of the `wasm` backend. Give this rather than call
   * `setWasmPaths`: then its memory is shared in a page that is cross-origin isolated whatever the
   * bundler, and a file that is not there is named. In Node the package's own files are read.
   */
  readonly wasmPaths?: WasmPaths;
}

/** A backend that was tried and does not work here. */
export interface SkippedBackend {
  readonly name: BackendName;
  readonly problem: string;
  readonly remedy: string;
}

/**
 * Makes TensorFlow.js compute on the backend asked for, or on the fastest one that works here.
 *
 * A backend is used only after a small training step on it gave the right gradient; then the
 * kernels are registered that training needs and that backend lacks or has slowly.
 *
 * @param name a name of {@link BACKEND_NAMES}, or `auto` to try them in that order. A GPU that is
 *   emulated in software counts only when asked for by name.
 * @throws {BackendUnavailable} if the named backend does not work, or not with so many threads; there
 *   is no fallback.
 * @throws {RangeError} if there is no backend of that name, or `threads` is not a positive integer.
 * @example
 * ```ts
 * import "@tensorflow/tfjs";
 * const { name } = await useBackend("auto"); // "wasm", where nothing else is installed
 * ```
 */
export async function useBackend(
  name: BackendName | "auto" = "auto",
  { threads, wasmPaths }: UseBackendOptions = {},
): Promise<ActiveBackend> {
  if (threads !== undefined && (!Number.isInteger(threads) || threads < 1 || threads > 256)) {
    throw new RangeError(`useBackend: threads must be an integer from 1 to 256; got ${threads}.`);
  }
  if (name !== "auto") return activeBackend(name, { mayEmulate: true, threads, wasmPaths }, []);
  const skipped: SkippedBackend[] = [];
  for (const candidate of BACKEND_NAMES) {
    try {
      const options = { mayEmulate: false, fewerThreadsWillDo: true, threads, wasmPaths };
      return await activeBackend(candidate, options, skipped);
    } catch (error) {
      if (!isBackendUnavailable(error)) throw error;
      skipped.push({ name: candidate, problem: error.problem, remedy: error.remedy });
    }
  }
  const problems = skipped.map(({ name: tried, problem }) => `${tried}: ${problem}`).join(" ");
  throw new BackendUnavailable("cpu", {
    problem: `no backend works (${problems})`,
    remedy: remedies.cpu,
  });
}

async function activeBackend(
  name: BackendName,
  options: Parameters<typeof startBackend>[1],
  skipped: readonly SkippedBackend[],
): Promise<ActiveBackend> {
  const { device, threads } = await startBackend(name, options);
  return { name, device, threads, skipped };
}
