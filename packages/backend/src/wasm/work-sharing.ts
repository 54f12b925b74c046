import { MOST_PARTS, type PartKernel } from "../threads/board.js";
import type { ThreadPool } from "../threads/thread-pool.js";
import type { PartKernels, TrainingKernels } from "./training-kernels.js";
import { type WasmBackend, withScratch } from "./wasm-backend.js";

/** A kernel's work, said so that it can be shared out between threads. */
export interface Work<Name extends keyof PartKernels> {
  readonly kernel: Name;
  /** All arguments but the last three: first item, end of the items, scratch memory. */
  readonly args: PartKernels[Name];
  /** What the work is made of; parts are runs of items. */
  readonly items: number;
  /** Multiply-adds an item, or what takes as long. */
  readonly cost: number;
  /** Parts begin at multiples of so many items. Default 1. */
  readonly multiple?: number;
  /** Bytes of scratch memory for a part. Default 0. */
  readonly scratchBytes?: number;
  /**
   * Items a part, for kernels whose digits depend on it (sums over items): it must follow from the
   * shapes alone, so that results do not depend on the number of threads.
   */
  readonly partItems?: number;
}

/** Runs the work of kernels, on one thread or several, with the same results. */
export interface WorkSharing {
  readonly threads: number;
  /** Multiply-adds below which sharing is not worth a thread's attention. */
  leastCost: number;
  run<Name extends keyof PartKernels>(work: Work<Name>): void;
}

/** Handing work to another thread and waiting for it takes about as long as so many multiply-adds. */
const LEAST_COST = 1 << 18;
/** More parts than threads even out what slows one of them down, but each part has costs of its own. */
const PARTS_A_THREAD = 3;

/** Sharing between the threads of `pool`; without one, everything runs here. */
export function createWorkSharing(
  backend: WasmBackend,
  kernels: TrainingKernels,
  pool?: ThreadPool,
): WorkSharing {
  const names = kernelNames(kernels);
  const threads = pool?.threads ?? 1;
  return {
    threads,
    leastCost: LEAST_COST,
    run(work) {
      const { kernel, items, scratchBytes = 0 } = work;
      if (items === 0) return;
      const partItems = partItemsOf(work, { threads, leastCost: this.leastCost });
      const args = work.args as readonly number[];
      const shared = pool !== undefined && partItems < items;
      const scratchStep = (scratchBytes + 63) & ~63;
      withScratch(backend, shared ? threads * scratchStep : scratchBytes, (scratch) => {
        if (shared) {
          const place = names.indexOf(kernel);
          pool.run({ kernel: place, args, items, partItems, scratch, scratchStep });
        } else {
          runHere(kernels[kernel] as unknown as PartKernel, { args, items, partItems, scratch });
        }
      });
    },
  };
}

/** The names of all kernels, in the order by which threads number them. */
export const kernelNames = (kernels: TrainingKernels) => Object.keys(kernels).sort();

function partItemsOf(
  { items, cost, multiple = 1, partItems }: Work<keyof PartKernels>,
  { threads, leastCost }: { threads: number; leastCost: number },
): number {
  if (partItems !== undefined) return Math.max(partItems, Math.ceil(items / MOST_PARTS));
  if (threads === 1) return items;
  const worthwhile = Math.floor((items * cost) / leastCost);
  const parts = Math.min(worthwhile, PARTS_A_THREAD * threads);
  if (parts < 2) return items;
  return Math.ceil(items / parts / multiple) * multiple;
}

function runHere(
  kernel: PartKernel,
  given: { args: readonly number[]; items: number; partItems: number; scratch: number },
): void {
  const { args, items, partItems, scratch } = given;
  for (let begin = 0; begin < items; begin += partItems) {
    kernel(...args, begin, Math.min(begin + partItems, items), scratch);
  }
}
