import { BACKEND_NAMES, type BackendName } from "./backend-name.js";
import { BackendUnavailable, isBackendUnavailable } from "./backend-unavailable.js";
import { remedies } from "./remedies.js";
import { startBackend } from "./start-backend.js";

/** The backend in use, and why none of the faster ones is. */
export interface ActiveBackend {
  readonly name: BackendName;
  /** The device that really computes. */
  readonly device: string;
  /** Faster backends that were tried first, fastest first. Empty when one was asked for by name. */
  readonly skipped: readonly SkippedBackend[];
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
 * @throws {BackendUnavailable} if the named backend does not work; there is no fallback.
 * @throws {RangeError} if there is no backend of that name.
 * @example
 * ```ts
 * import "@tensorflow/tfjs";
 * const { name } = await useBackend("auto"); // "wasm", where nothing else is installed
 * ```
 */
export async function useBackend(name: BackendName | "auto" = "auto"): Promise<ActiveBackend> {
  if (name !== "auto") {
    const { device } = await startBackend(name, { mayEmulate: true });
    return { name, device, skipped: [] };
  }
  const skipped: SkippedBackend[] = [];
  for (const candidate of BACKEND_NAMES) {
    try {
      const { device } = await startBackend(candidate, { mayEmulate: false });
      return { name: candidate, device, skipped };
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
