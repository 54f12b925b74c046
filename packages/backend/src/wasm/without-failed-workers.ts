import * as tf from "@tensorflow/tfjs-core";
import { BackendUnavailable } from "../backend-unavailable.js";

/**
 * Runs `start`, and rejects if a worker of it fails, for which the backend itself would wait for ever.
 *
 * In a page that is cross-origin isolated the backend starts threads from the text of one of its
 * functions. A minifier that drops `typeof x !== "undefined"` for an x that it sees declared leaves a
 * text that fails by itself; Emscripten throws the worker's error event, and nobody catches it.
 *
 * @throws {BackendUnavailable} with what to do instead.
 */
export async function withoutFailedWorkers<T>(start: () => Promise<T>): Promise<T> {
  let failed!: (event: ErrorEvent) => void;
  const failure = new Promise<never>((_, reject) => {
    failed = ({ error }) => {
      if (!(error instanceof ErrorEvent)) return;
      forgetStart();
      reject(
        new BackendUnavailable("wasm", {
          problem: `a thread of its own did not start: ${error.message}.`,
          remedy:
            "Give useBackend the addresses of its files, `{ wasmPaths }`, instead of calling setWasmPaths: then it starts none.",
        }),
      );
    };
  });
  addEventListener("error", failed);
  try {
    return await Promise.race([start(), failure]);
  } finally {
    removeEventListener("error", failed);
  }
}

/** Lets tf.ready() no longer wait for a backend that does not come. */
function forgetStart(): void {
  const engine = tf.engine() as unknown as {
    pendingBackendInit: Promise<boolean> | null;
    pendingBackendInitId: number;
  };
  engine.pendingBackendInit = null;
  engine.pendingBackendInitId += 1;
}
