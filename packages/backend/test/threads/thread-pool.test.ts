import workerThreads from "node:worker_threads";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import type { PartKernel } from "../../src/threads/board.js";
import { startThreadPool, type ThreadPool } from "../../src/threads/thread-pool.js";
import {
  instantiateTrainingKernels,
  trainingKernelsModule,
} from "../../src/wasm/training-kernels-module.js";

/** What these tests have done: a copy of rows of four bytes, and a sum that takes as long as one likes. */
const names = ["gatherRows", "sumParts"];
const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: true });
const { gatherRows, sumParts } = instantiateTrainingKernels(memory);

let open: ThreadPool | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

/** A pool whose main thread runs `mainKernel`; the others run what is compiled. */
async function startPool({
  threads = 2,
  patience = 10_000,
  mainKernel = undefined as PartKernel | undefined,
} = {}) {
  const module = trainingKernelsModule({ isShared: true });
  const kernels = [gatherRows, sumParts].map((kernel) => mainKernel ?? (kernel as PartKernel));
  open = await startThreadPool({ module, memory, names, kernels, threads, patience });
  return open;
}

/** Copies numbers 0..items-1 in reverse order, from byte 0 with the indices at 16384 to 32768. */
function reversal(items: number, partItems: number) {
  const words = new Int32Array(memory.buffer);
  for (let i = 0; i < items; i++) {
    words[i] = 1000 + i;
    words[4096 + i] = items - 1 - i;
    words[8192 + i] = -1;
  }
  const job = {
    kernel: 0,
    args: [0, 16384, 32768, 4],
    items,
    partItems,
    scratch: 0,
    scratchStep: 0,
  };
  const expected = Array.from({ length: items }, (_, i) => 1000 + items - 1 - i);
  return { job, expected, found: () => [...words.subarray(8192, 8192 + items)] };
}

/** A main thread that leaves its first part alone until another thread has had time for the rest. */
const idle: PartKernel = () => {
  const until = performance.now() + 200;
  while (performance.now() < until);
};

/** The address of no memory: reading there ends a thread. */
const nowhere = 2 ** 32 - 4;

describe("a thread pool", () => {
  test("does a job in parts", async () => {
    const pool = await startPool({ threads: 3 });
    const { job, expected, found } = reversal(10, 3);
    pool.run(job);
    expect(found()).toEqual(expected);
  });

  test("has the helping threads do what the main one does not come to", async () => {
    const pool = await startPool({ mainKernel: idle });
    const { job, expected, found } = reversal(10, 1);
    pool.run(job);
    expect(found().filter((value, i) => value === expected[i])).toHaveLength(9);
  });

  const jobs = fc.record({
    threads: fc.integer({ min: 2, max: 5 }),
    sizes: fc.array(
      fc.record({
        items: fc.integer({ min: 1, max: 200 }),
        partItems: fc.integer({ min: 1, max: 50 }),
      }),
      { minLength: 1, maxLength: 20 },
    ),
  });
  law(
    "does each of many jobs once, whatever the parts",
    jobs,
    async ({ threads, sizes }) => {
      const pool = await startPool({ threads });
      for (const { items, partItems } of sizes) {
        const { job, expected, found } = reversal(items, partItems);
        pool.run(job);
        expect(found()).toEqual(expected);
      }
      await pool.close();
    },
    { runs: 15 },
  );

  test("fails when a kernel fails on a helping thread, now and from then on", async () => {
    const pool = await startPool({ mainKernel: idle });
    const { job } = reversal(10, 1);
    const wrong = { ...job, args: [nowhere, 16384, 32768, 4] };
    const message =
      "thread pool: every one of the 2 threads must go on working; got: a kernel that failed on one of them. Start the program again, or with one thread.";
    expect(() => pool.run(wrong)).toThrow(message);
    expect(() => pool.run(job)).toThrow(message);
  });

  test("fails, rather than waits, when a helping thread does not come back", async () => {
    let until = 0;
    const busyOnce: PartKernel = () => {
      while (performance.now() < until); // time for the other to claim a part
    };
    const pool = await startPool({ mainKernel: busyOnce, patience: 50 });
    const { job } = reversal(2, 1);
    const endless = { ...job, kernel: 1, args: [16384, 32768, 2 ** 32 - 1, 0] };
    const tryLonger = () => {
      for (let wait = 1; wait < 2000; wait *= 4) {
        until = performance.now() + wait;
        pool.run(endless); // on a busy machine the other may not get to it
      }
    };
    expect(tryLonger).toThrow("a part of a job that one of them never finished");
  });

  test("fails when a helping thread was ended from outside", async () => {
    const started: workerThreads.Worker[] = [];
    const { Worker } = workerThreads;
    class Watched extends Worker {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        started.push(this);
      }
    }
    Object.assign(workerThreads, { Worker: Watched });
    try {
      const pool = await startPool();
      await started[0]!.terminate();
      expect(() => pool.run(reversal(10, 1).job)).toThrow("thread 1 ended");
    } finally {
      Object.assign(workerThreads, { Worker });
    }
  });

  test("passes on what the main thread's part throws, once the others are done", async () => {
    const failing: PartKernel = () => {
      throw new RangeError("not on this thread");
    };
    const pool = await startPool({ mainKernel: failing });
    const { job } = reversal(10, 1);
    expect(() => pool.run(job)).toThrow("not on this thread");
  });

  test("does nothing more once it is closed", async () => {
    const pool = await startPool();
    await pool.close();
    expect(() => pool.run(reversal(2, 1).job)).toThrow("it must be open to run a job");
  });
});
