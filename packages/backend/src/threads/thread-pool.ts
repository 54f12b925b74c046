import { close, createBoard, type Job, type PartKernel, post, untilDone, work } from "./board.js";
import { type Helper, startHelper } from "./helper.js";

/** Threads that work on the same WebAssembly memory as the main one. */
export interface ThreadPool {
  /** Including the main thread. */
  readonly threads: number;
  /**
   * Runs a job on all threads and returns when all of it is done.
   *
   * @throws {Error} if a thread died, or a kernel failed on one; the pool does not work again then.
   */
  run(job: Job): void;
  /** Ends the helping threads. */
  close(): Promise<void>;
}

/** What threads compute with. */
export interface ThreadPoolOptions {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Names of the kernels, in the order by which jobs number them. */
  readonly names: readonly string[];
  /** The same kernels, of the main thread's instance. */
  readonly kernels: readonly PartKernel[];
  /** Including the main thread; at least 2. */
  readonly threads: number;
  /**
   * A part that another thread claimed is held to be lost after so many milliseconds at least, and
   * after 20 times as long as the main thread worked on its own share. Default 10,000.
   */
  readonly patience?: number;
}

const PATIENCE_SHARES = 20;

/**
 * Starts `threads - 1` helping threads; resolves when they are ready.
 *
 * They sleep while there is nothing to do and do not keep a program from ending.
 *
 * @throws {Error} if a thread does not start.
 */
export async function startThreadPool(options: ThreadPoolOptions): Promise<ThreadPool> {
  const { module, memory, names, kernels, threads, patience = 10_000 } = options;
  const board = createBoard();
  let failure: Error | undefined;
  const fail = (problem: string) => {
    failure ??= new Error(
      `thread pool: every one of the ${threads} threads must go on working; got: ${problem}. Start the program again, or with one thread.`,
    );
    close(board);
  };
  const starts = Array.from({ length: threads - 1 }, (_, i) => {
    const start = { module, memory, board: board.words.buffer, names, thread: i + 1 };
    return startHelper(start, (problem) => fail(`thread ${i + 1} ${problem}`));
  });
  const helpers = await Promise.all(starts);
  return {
    threads,
    run(job) {
      if (failure) throw failure;
      post(board, job);
      const began = performance.now();
      try {
        work(board, kernels, 0);
      } finally {
        // also after an error: others may still be writing to what the caller frees next
        const shares = PATIENCE_SHARES * (performance.now() - began);
        const outcome = untilDone(board, { patience: Math.max(patience, shares) });
        if (outcome === "late") fail("a part of a job that one of them never finished");
        if (outcome === "failed") fail("a kernel that failed on one of them");
      }
      if (failure) throw failure;
    },
    async close() {
      failure ??= new Error("thread pool: it must be open to run a job; got a closed one.");
      close(board);
      await Promise.all(helpers.map((helper: Helper) => helper.end()));
    },
  };
}
