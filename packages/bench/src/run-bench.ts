import { availableParallelism, cpus, loadavg } from "node:os";
import type { Rounds } from "./alternate.js";
import { CASES, type CaseName } from "./cases/case-name.js";
import { findTorch, type Torch } from "./find-torch.js";
import type { SizesName } from "./sizes.js";
import { type CaseResult, timeCase } from "./time-case.js";

/** What to time, and how. */
export interface BenchOptions {
  /** All unless told otherwise. */
  readonly cases?: readonly CaseName[];
  /** `paper` unless told otherwise. */
  readonly sizes?: SizesName;
  /** Of muir, of PyTorch and of the plain wasm backend. As many as there are cores unless told otherwise. */
  readonly threads?: number;
  /**
   * Two to warm up and seven that count, but each for a second at least; a first step of 10 s is a
   * contender's only one. Unless told otherwise.
   */
  readonly rounds?: Partial<Rounds>;
  /** Null: PyTorch is not timed. What {@link findTorch} finds unless told otherwise. */
  readonly torch?: Torch | null;
  /** Whether TensorFlow.js as it comes is timed too. `true` unless told otherwise. */
  readonly stock?: boolean;
  /** Ends everything at once; the promise is then rejected with its reason. */
  readonly signal?: AbortSignal;
  /** Told every case as it is done. */
  onCase?(result: CaseResult): void;
}

/** What was measured, and on what. */
export interface BenchResult {
  readonly machine: {
    readonly processor: string;
    readonly cores: number;
    readonly node: string;
    /** Programs that wanted to run in the minute before, on average; below 0.5 the machine is quiet. */
    readonly load: number;
  };
  readonly threads: number;
  readonly sizes: SizesName;
  /** The version of PyTorch; null where there is none. */
  readonly torch: string | null;
  readonly cases: readonly CaseResult[];
}

/**
 * Times training steps of muir against PyTorch and against TensorFlow.js as it comes, case by case, all
 * contenders in turn and each in a process of its own. Only those whose losses and gradients agree are timed.
 *
 * @throws {RangeError} if `threads` or a number of rounds is no positive integer.
 * @throws {Error} if muir's own program does not run here.
 */
export async function runBench(options: BenchOptions = {}): Promise<BenchResult> {
  const { cases = CASES, sizes = "paper", threads = availableParallelism() } = options;
  const { stock = true, onCase = () => {}, signal = new AbortController().signal } = options;
  const rounds = {
    warmUp: 2,
    counted: 7,
    least: 1000,
    turn: 100,
    pause: 100,
    patience: 10_000,
    ...options.rounds,
  };
  for (const [name, value] of Object.entries({ threads, ...rounds })) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw new RangeError(`runBench: ${name} must be a positive integer; got ${value}.`);
  }
  const torch = options.torch === undefined ? findTorch() : options.torch;
  const machine = {
    processor: cpus()[0]?.model ?? "unknown",
    cores: availableParallelism(),
    node: process.version,
    load: loadavg()[0]!,
  };
  const results: CaseResult[] = [];
  for (const name of cases) {
    const result = await timeCase(name, { sizes, threads, rounds, torch, stock, signal });
    onCase(result);
    results.push(result);
  }
  return { machine, threads, sizes, torch: torch?.version ?? null, cases: results };
}
