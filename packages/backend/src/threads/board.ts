/**
 * Where the threads of a pool find their work: a few words of shared memory.
 *
 * A job is one function of the compiled kernels with its arguments, over a number of items that are
 * cut into parts. Threads claim part after part until none is left, so a thread that starts late or
 * is slowed down does less, and nobody waits for it. The main thread, which gives out the job, works
 * along and goes on when every part is done.
 *
 * A claim is one atomic step on one word that holds the number of the next part beside the low bits
 * of the job's ticket. While a job is written down that word is closed (its part number is higher
 * than any job has parts), so a thread with an old word in hand can never claim of a new job.
 */
export interface Board {
  readonly words: Int32Array<SharedArrayBuffer>;
  readonly numbers: Float64Array<SharedArrayBuffer>;
}

/** One function over all items, as it is written on the board. */
export interface Job {
  /** Place of the function among the sorted names of the exports. */
  readonly kernel: number;
  /** What it is given besides its part. */
  readonly args: readonly number[];
  readonly items: number;
  /** Items a part; the last part may have fewer. */
  readonly partItems: number;
  /** Byte offset of the scratch memory of thread 0, and how far the next thread's is. */
  readonly scratch: number;
  readonly scratchStep: number;
}

/** Takes its part as the last three arguments: its first item, the end of its items, scratch memory. */
export type PartKernel = (...args: number[]) => unknown;

const CLAIM = 0;
const TICKET = 1;
const PARTS = 2;
const DONE = 3;
const KERNEL = 4;
const ARGUMENTS = 5;
const FAILED = 6;
const CLOSED = 7;

const ITEMS = 0;
const PART_ITEMS = 1;
const SCRATCH = 2;
const SCRATCH_STEP = 3;
const FIRST_ARGUMENT = 4;

const WORDS = 8;
const MOST_ARGUMENTS = 40;
const PART_BITS = 16;
const PART_MASK = (1 << PART_BITS) - 1;

/** A job has at most so many parts. */
export const MOST_PARTS = PART_MASK - 1;

/** Milliseconds that a thread looks out for work before it sleeps: waking it takes as long. */
const WATCHFUL = 0.2;
const LOOKS_BETWEEN_CLOCKS = 64;

export function createBoard(): Board {
  const bytes = 4 * WORDS + 8 * (FIRST_ARGUMENT + MOST_ARGUMENTS);
  return boardOn(new SharedArrayBuffer(bytes));
}

/** The board that another thread created. */
export function boardOn(buffer: SharedArrayBuffer): Board {
  return {
    words: new Int32Array(buffer, 0, WORDS),
    numbers: new Float64Array(buffer, 4 * WORDS),
  };
}

/** Writes a job down and calls the threads that sleep. The job before must be done. */
export function post({ words, numbers }: Board, job: Job): void {
  const ticket = Atomics.load(words, TICKET) + 1;
  const opened = ticket << PART_BITS;
  Atomics.store(words, CLAIM, opened | PART_MASK);
  numbers[ITEMS] = job.items;
  numbers[PART_ITEMS] = job.partItems;
  numbers[SCRATCH] = job.scratch;
  numbers[SCRATCH_STEP] = job.scratchStep;
  numbers.set(job.args, FIRST_ARGUMENT);
  words[KERNEL] = job.kernel;
  words[ARGUMENTS] = job.args.length;
  Atomics.store(words, DONE, 0);
  Atomics.store(words, PARTS, partCount(job));
  Atomics.store(words, CLAIM, opened);
  Atomics.store(words, TICKET, ticket);
  Atomics.notify(words, TICKET);
}

/** Sends the threads home. */
export function close({ words }: Board): void {
  Atomics.store(words, CLOSED, 1);
  Atomics.add(words, TICKET, 1);
  Atomics.notify(words, TICKET);
}

/** Parts of a job. */
export const partCount = ({ items, partItems }: Job) => Math.ceil(items / partItems);

/** Works on the posted job as `thread` until no part is left to claim. */
export function work(board: Board, kernels: readonly PartKernel[], thread: number): void {
  const { words } = board;
  for (;;) {
    const claim = Atomics.load(words, CLAIM);
    const part = claim & PART_MASK;
    if (part >= Atomics.load(words, PARTS)) return;
    if (Atomics.compareExchange(words, CLAIM, claim, claim + 1) !== claim) continue;
    try {
      runPart(board, kernels, { part, thread });
    } catch (error) {
      Atomics.store(words, FAILED, 1);
      throw error;
    } finally {
      const done = Atomics.add(words, DONE, 1) + 1;
      if (done === Atomics.load(words, PARTS)) Atomics.notify(words, DONE);
    }
  }
}

function runPart(
  { words, numbers }: Board,
  kernels: readonly PartKernel[],
  { part, thread }: { part: number; thread: number },
): void {
  const begin = part * numbers[PART_ITEMS]!;
  const end = Math.min(begin + numbers[PART_ITEMS]!, numbers[ITEMS]!);
  const scratch = numbers[SCRATCH]! + thread * numbers[SCRATCH_STEP]!;
  const args = numbers.subarray(FIRST_ARGUMENT, FIRST_ARGUMENT + words[ARGUMENTS]!);
  kernels[words[KERNEL]!]!(...args, begin, end, scratch);
}

/** Works on every job until the board is closed; what a helping thread does all its life. */
export function serve(board: Board, kernels: readonly PartKernel[], thread: number): void {
  const { words } = board;
  let ticket = 0;
  for (;;) {
    ticket = nextTicket(words, ticket);
    if (Atomics.load(words, CLOSED) === 1) return;
    work(board, kernels, thread);
  }
}

function nextTicket(words: Int32Array<SharedArrayBuffer>, last: number): number {
  const asleepAt = performance.now() + WATCHFUL;
  do {
    for (let look = 0; look < LOOKS_BETWEEN_CLOCKS; look++) {
      const ticket = Atomics.load(words, TICKET);
      if (ticket !== last) return ticket;
    }
  } while (performance.now() < asleepAt);
  Atomics.wait(words, TICKET, last);
  return Atomics.load(words, TICKET);
}

/** How a wait for the other threads ended. */
export type Outcome = "done" | "failed" | "late";

/**
 * Waits until every part of the posted job is done.
 *
 * @param patience milliseconds after which a part that was claimed is held to be lost.
 */
export function untilDone({ words }: Board, { patience }: { patience: number }): Outcome {
  const parts = Atomics.load(words, PARTS);
  const began = performance.now();
  for (;;) {
    for (let look = 0; look < LOOKS_BETWEEN_CLOCKS; look++) {
      if (Atomics.load(words, DONE) === parts) {
        return Atomics.load(words, FAILED) === 1 ? "failed" : "done";
      }
    }
    const waited = performance.now() - began;
    if (waited > patience) return "late";
    // parts are alike, so the others end about when this thread did: only a long wait is slept through
    if (waited > 2 && mayBlock) Atomics.wait(words, DONE, Atomics.load(words, DONE), 50);
  }
}

/** The main thread of a page may not sleep. */
const mayBlock = !("document" in globalThis);
