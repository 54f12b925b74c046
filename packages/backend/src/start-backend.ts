import * as tf from "@tensorflow/tfjs-core";
import { BACKEND_NAMES, type BackendName, isBackendName } from "./backend-name.js";
import { BackendUnavailable, isBackendUnavailable } from "./backend-unavailable.js";
import { checkTrainingStep } from "./check-training-step.js";
import { firstLine } from "./first-line.js";
import { registerTrainingKernels } from "./kernels/register-training-kernels.js";
import { loadBackend } from "./load-backend.js";
import type { LoadOptions } from "./loaded-backend.js";
import { remedies } from "./remedies.js";
import type { StartedThreads } from "./wasm/start-threads.js";

/** A backend that computes, and on what. */
export interface StartedBackend {
  /** With its threads where they are ours. */
  readonly device: string;
  /** Threads that our kernels share their work between, the main one included; 1 elsewhere. */
  readonly threads: number;
  readonly emulated: boolean;
}

/**
 * Makes one backend the current one, with its training kernels, if a training step on it is right;
 * otherwise the one before stays. Calls wait for each other.
 *
 * @throws {BackendUnavailable} if it is not installed, does not start, computes wrong gradients or cannot
 *   have so many threads.
 * @throws {RangeError} if there is no backend of that name.
 */
export function startBackend(name: BackendName, options: StartOptions): Promise<StartedBackend> {
  const started = last.then(() => startAlone(name, options));
  last = started.catch(() => {});
  return started;
}

/** The start before: of two at once TensorFlow.js would let the first one fail. */
let last: Promise<unknown> = Promise.resolve();

interface StartOptions extends LoadOptions {
  readonly threads?: number | undefined;
}

async function startAlone(
  name: BackendName,
  { threads: asked, ...options }: StartOptions,
): Promise<StartedBackend> {
  if (!isBackendName(name)) {
    throw new RangeError(
      `useBackend: name must be "auto" or one of ${BACKEND_NAMES.join(", ")}; got "${name}".`,
    );
  }
  const previous = tf.engine().backendName;
  try {
    const loaded = await loadBackend[name](options);
    if (!(await loaded.start())) throw new Error("it did not start.");
    const device = await loaded.device();
    registerTrainingKernels(loaded.registeredAs);
    const started = await loaded.startThreads?.(asked);
    await checkTrainingStep(); // with the kernels that will be used
    return {
      device: device + (started ? told(started) : ""),
      threads: started?.threads ?? 1,
      emulated: loaded.emulated === true,
    };
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
