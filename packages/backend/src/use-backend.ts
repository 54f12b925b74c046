import * as tf from "@tensorflow/tfjs-core";
import { BACKEND_NAMES, type BackendName, isBackendName } from "./backend-name.js";
import { BackendUnavailable, isBackendUnavailable } from "./backend-unavailable.js";
import { checkTrainingStep } from "./check-training-step.js";
import { registerTrainingKernels } from "./kernels/register-training-kernels.js";
import { loadBackend, remedies } from "./load-backend.js";
import type { LoadedBackend } from "./loaded-backend.js";
import type { StartedThreads } from "./wasm/start-threads.js";

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
   * it. One for each core if not given. Other backends start their own.
   */
  readonly threads?: number;
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
 * @param name a name of {@link BACKEND_NAMES}, or `auto` to try them in that order.
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
  { threads }: UseBackendOptions = {},
): Promise<ActiveBackend> {
  if (threads !== undefined && (!Number.isInteger(threads) || threads < 1 || threads > 256)) {
    throw new RangeError(`useBackend: threads must be an integer from 1 to 256; got ${threads}.`);
  }
  if (name !== "auto") return { ...(await start(name, threads)), skipped: [] };
  const skipped: SkippedBackend[] = [];
  for (const candidate of BACKEND_NAMES) {
    try {
      return { ...(await start(candidate, threads)), skipped };
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

async function start(
  name: BackendName,
  asked: number | undefined,
): Promise<Omit<ActiveBackend, "skipped">> {
  if (!isBackendName(name)) {
    throw new RangeError(
      `useBackend: name must be "auto" or one of ${BACKEND_NAMES.join(", ")}; got "${name}".`,
    );
  }
  const previous = tf.engine().backendName;
  try {
    const loaded = await load(name);
    if (!(await loaded.start())) throw new Error("it did not start.");
    const device = await loaded.device();
    registerTrainingKernels(loaded.registeredAs);
    const started = await loaded.startThreads?.(asked);
    await checkTrainingStep(); // with the kernels that will be used
    const threads = started?.threads ?? 1;
    return { name, device: device + (started ? told(started) : ""), threads };
  } catch (error) {
    if (previous) await tf.setBackend(previous);
    if (isBackendUnavailable(error)) throw error;
    throw new BackendUnavailable(name, { problem: firstLine(error), remedy: remedies[name] });
  }
}

function told({ threads, problem }: StartedThreads): string {
  if (threads > 1) return `, ${threads} threads`;
  return `, one thread${problem ? ` (${problem})` : ""}`;
}

async function load(name: BackendName): Promise<LoadedBackend> {
  try {
    return await loadBackend[name]();
  } catch (error) {
    const code = (error as { code?: string }).code;
    const problem =
      code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND"
        ? "it is not installed."
        : firstLine(error);
    throw new BackendUnavailable(name, { problem, remedy: remedies[name] });
  }
}

const firstLine = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0]!;
