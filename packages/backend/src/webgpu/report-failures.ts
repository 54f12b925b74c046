import type { GpuDevice } from "./web-gpu.js";

/** What is used of the backend that `@tensorflow/tfjs-backend-webgpu` registers. */
export interface WebGpuBackend {
  readonly device: GpuDevice;
  read(dataId: object): Promise<unknown>;
  readSync(dataId: object): unknown;
}

const watched = new WeakSet<WebGpuBackend>();

/**
 * Lets whatever reads numbers from the backend fail once its device failed, and say how to read them
 * where that cannot be done synchronously.
 *
 * WebGPU tells what goes wrong to the device, and the call that did it goes on: a tensor for which
 * there was no memory reads as zeros, and a training would learn from them.
 */
export function reportFailures(backend: WebGpuBackend): void {
  if (watched.has(backend)) return;
  watched.add(backend);
  let failure: Error | undefined;
  backend.device.addEventListener("uncapturederror", ({ error }) => {
    failure ??= failed(`${error.constructor.name}: ${error.message.split("\n")[0]}`);
  });
  void backend.device.lost.then(({ reason, message }) => {
    failure ??= failed(`it was lost (${reason}): ${message}`);
  });
  const { read, readSync } = backend;
  backend.read = async (dataId) => {
    const values = await read.call(backend, dataId).catch((error: unknown) => {
      throw failure ?? error;
    });
    if (failure) throw failure;
    return values;
  };
  backend.readSync = (dataId) => {
    if (failure) throw failure;
    try {
      return readSync.call(backend, dataId);
    } catch (error) {
      throw "OffscreenCanvas" in globalThis ? error : notSynchronous();
    }
  };
}

/** Where there is a canvas, tfjs paints the numbers on it to read them back. */
function notSynchronous(): Error {
  return new Error(
    "webgpu: in Node, numbers must be read with `await tensor.data()` or `await tensor.array()`; got a call that does not wait, such as dataSync().",
  );
}

function failed(what: string): Error {
  return new Error(
    `webgpu: the device must do all that it is told; got ${what.replace(/\.?$/, ".")} What it computed since is wrong. Take smaller batches if memory was short, and start the program anew.`,
  );
}
