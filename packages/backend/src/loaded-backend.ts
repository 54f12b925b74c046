import type { WasmPaths } from "./wasm/page-binary.js";
import type { StartedThreads } from "./wasm/start-threads.js";

/** What a loader tells once its backend is registered: the name tfjs knows it by, and the real device. */
export interface LoadedBackend {
  readonly registeredAs: string;
  /** Whether the CPU plays the part of a GPU, which is slower than to compute on the CPU right away. */
  readonly emulated?: boolean;
  /** Makes it the current one; false if it does not start. */
  start(): Promise<boolean>;
  /** Asked after the backend was started. */
  device(): string | Promise<string>;
  /** Shares the work of its kernels between threads; absent where they are not ours to start. */
  startThreads?(asked: number | undefined): Promise<StartedThreads>;
}

/** What a loader is asked for. */
export interface LoadOptions {
  /** Whether an emulated device will do; see {@link LoadedBackend.emulated}. */
  readonly mayEmulate: boolean;
  /** Whether one thread will do where several were asked for and cannot be had. */
  readonly fewerThreadsWillDo?: boolean;
  /** Where a page finds the files of the wasm backend. */
  readonly wasmPaths?: WasmPaths | undefined;
}
