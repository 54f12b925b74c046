import type { StartedThreads } from "./wasm/start-threads.js";

/** What a loader tells once its backend is registered: the name tfjs knows it by, and the real device. */
export interface LoadedBackend {
  readonly registeredAs: string;
  /** Makes it the current one; false if it does not start. */
  start(): Promise<boolean>;
  /** Asked after the backend was started. */
  device(): string | Promise<string>;
  /** Shares the work of its kernels between threads; absent where they are not ours to start. */
  startThreads?(asked: number | undefined): Promise<StartedThreads>;
}
