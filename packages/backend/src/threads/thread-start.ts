/** What a helping thread is told once, before it begins to work. */
export interface ThreadStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly board: SharedArrayBuffer;
  /** Names of the kernels, in the order by which jobs number them. */
  readonly names: readonly string[];
  /** From 1; the main thread is 0. */
  readonly thread: number;
}
