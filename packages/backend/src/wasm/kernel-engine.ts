import { startThreadPool, type ThreadPool } from "../threads/thread-pool.js";
import type { TrainingKernels } from "./training-kernels.js";
import {
  type Build,
  instantiateTrainingKernels,
  isShared,
  supportedBuild,
  trainingKernelsModule,
} from "./training-kernels-module.js";
import { memoryOf, type WasmBackend } from "./wasm-backend.js";
import { createWorkSharing, kernelNames, type WorkSharing } from "./work-sharing.js";

/** What kernels compute with on one backend. */
export interface KernelEngine {
  readonly kernels: TrainingKernels;
  /** What `kernels` are, and all threads must be: the builds round differently. */
  readonly build: Build | undefined;
  readonly sharing: WorkSharing;
  /** Absent where everything runs on the main thread. */
  readonly pool?: ThreadPool;
}

/** A backend that is started anew has a new memory, and so needs new kernels. */
const engines = new WeakMap<WasmBackend, KernelEngine>();

/** The kernels on the memory of a backend; on one thread, until {@link useThreads} is called. */
export function engineOf(backend: WasmBackend): KernelEngine {
  const known = engines.get(backend);
  if (known) return known;
  const build = supportedBuild();
  const kernels = instantiateTrainingKernels(memoryOf(backend), build);
  const engine = { kernels, build, sharing: createWorkSharing(backend, kernels) };
  engines.set(backend, engine);
  return engine;
}

/** Whether the memory of a backend can be shared between threads. */
export const canShare = (backend: WasmBackend) => isShared(memoryOf(backend));

/**
 * Lets the kernels of a backend share their work between so many threads, the main one included.
 *
 * @throws {Error} if its memory cannot be shared, or a thread does not start.
 */
export async function useThreads(backend: WasmBackend, threads: number): Promise<void> {
  const { kernels, build, sharing, pool: before } = engineOf(backend);
  if (sharing.threads === threads) return;
  const memory = memoryOf(backend);
  const names = kernelNames(kernels);
  const pool =
    threads > 1
      ? await startThreadPool({
          module: trainingKernelsModule({ isShared: true }, build),
          memory,
          names,
          kernels: names.map((name) => kernels[name as keyof TrainingKernels]) as never,
          threads,
        })
      : undefined;
  engines.set(backend, {
    kernels,
    build,
    sharing: createWorkSharing(backend, kernels, pool),
    ...(pool && { pool }),
  });
  await before?.close();
}

/** Ends the threads of a backend that is disposed of. */
export function releaseEngine(backend: WasmBackend): void {
  void engines.get(backend)?.pool?.close();
  engines.delete(backend);
}
