import { type BenchOptions, benchTable, CASES, runBench } from "@muir/bench";
import { listOf } from "../config/list-of.js";
import { stopCode } from "../terminal/stop-signal.js";

/** The flags of `muir bench`. */
export interface BenchFlags {
  readonly cases?: string;
  readonly sizes: NonNullable<BenchOptions["sizes"]>;
  readonly threads?: number;
  readonly rounds: number;
  /** False: TensorFlow.js as it comes is not timed. */
  readonly stock: boolean;
  /** False: PyTorch is not timed. */
  readonly torch: boolean;
  readonly json?: boolean;
}

/**
 * `muir bench`: training steps timed against PyTorch and plain TensorFlow.js, equal work only.
 *
 * @returns the exit code: 0, or 130 when Ctrl-C stopped it and 143 when SIGTERM did.
 */
export async function benchCommand(
  flags: BenchFlags,
  stopSignal: () => AbortSignal,
): Promise<number> {
  const { sizes, threads, rounds, stock, torch, json } = flags;
  const cases = flags.cases === undefined ? CASES : listOf(flags.cases, CASES, "--cases");
  const signal = stopSignal();
  const result = await runBench({
    ...{ cases, sizes, stock, signal, rounds: { counted: rounds } },
    ...(threads !== undefined && { threads }),
    ...(!torch && { torch: null }),
    onCase({ name, contenders }) {
      const { muir } = contenders;
      if (json || !muir || !("timing" in muir)) return;
      process.stderr.write(`${name}: ${muir.timing.median.toPrecision(3)} ms\n`);
    },
  }).catch((error: Error) => {
    if (signal.aborted) return null;
    throw error;
  });
  if (result === null) return stopCode(signal);
  if (json) {
    console.log(JSON.stringify(result, null, 2));
    return 0;
  }
  console.log(`\n${benchTable(result)}`);
  if (torch && result.torch === null) {
    console.log(
      "\nPyTorch is not timed: no python3 here has it. On Debian: `apt-get install python3-torch libopenblas0-pthread`; elsewhere `pip install torch`. MUIR_PYTHON names another Python.",
    );
  }
  if (result.machine.load > 0.5) {
    console.log(
      `\nThis machine was busy (load ${result.machine.load.toFixed(1)}) when it began. Threads that wait for each other take much longer then, PyTorch's most of all: these times say little.`,
    );
  }
  return 0;
}
