import * as tf from "@tensorflow/tfjs-core";
import { BACKEND_NAMES, type BackendName, isBackendName } from "./backend-name.js";
import { BackendUnavailable, isBackendUnavailable } from "./backend-unavailable.js";
import { checkTrainingStep } from "./check-training-step.js";
import { registerTrainingKernels } from "./kernels/register-training-kernels.js";
import { type LoadedBackend, loadBackend, remedies } from "./load-backend.js";

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
 * @param name a name of {@link BACKEND_NAMES}, or `auto` to try them in that order.
 * @throws {BackendUnavailable} if the named backend does not work; there is no fallback.
 * @throws {RangeError} if there is no backend of that name.
 * @example
 * ```ts
 * import "@tensorflow/tfjs";
 * const { name } = await useBackend("auto"); // "wasm", where nothing else is installed
 * ```
 */
export async function useBackend(name: BackendName | "auto" = "auto"): Promise<ActiveBackend> {
  if (name !== "auto") return { ...(await start(name)), skipped: [] };
  const skipped: SkippedBackend[] = [];
  for (const candidate of BACKEND_NAMES) {
    try {
      return { ...(await start(candidate)), skipped };
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

async function start(name: BackendName): Promise<{ name: BackendName; device: string }> {
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
    await checkTrainingStep(); // with the kernels that will be used
    return { name, device };
  } catch (error) {
    if (previous) await tf.setBackend(previous);
    if (isBackendUnavailable(error)) throw error;
    throw new BackendUnavailable(name, { problem: firstLine(error), remedy: remedies[name] });
  }
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
