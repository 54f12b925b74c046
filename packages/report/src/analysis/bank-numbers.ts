/** The trained numbers from which a run generates its blocks, with the alignment they belong to. */
export interface BankNumbers {
  /** The hypermodules, `[K, max(c, 1), m, n]`, row-major. */
  readonly modules: Float32Array;
  /** The contexts, `[L, c]`, row-major; empty where c is 0. */
  readonly contexts: Float32Array;
  /** Context size c; 0 where blocks are shared exactly. */
  readonly contextSize: number;
  /** Numbers of a block, m * n. */
  readonly blockSize: number;
  /** The hypermodule of each location, `[L]`. */
  readonly alignment: Int32Array;
}

/** A hypermodule's numbers, `[max(c, 1), m * n]`. Shares the bank's memory. */
export function moduleNumbers(bank: BankNumbers, module: number): Float32Array {
  const size = Math.max(1, bank.contextSize) * bank.blockSize;
  return bank.modules.subarray(module * size, (module + 1) * size);
}

/** A location's context, `[c]`. Shares the bank's memory. */
export function contextNumbers(bank: BankNumbers, location: number): Float32Array {
  const { contextSize } = bank;
  return bank.contexts.subarray(location * contextSize, (location + 1) * contextSize);
}

/** The block of a location: its hypermodule times its context, `[m * n]` (Eq. 5). */
export function blockNumbers(bank: BankNumbers, location: number): Float32Array {
  const { blockSize, contextSize, alignment } = bank;
  const module = moduleNumbers(bank, alignment[location]!);
  if (contextSize === 0) return module;
  const context = contextNumbers(bank, location);
  return Float32Array.from({ length: blockSize }, (_, at) => {
    let sum = 0;
    for (let i = 0; i < contextSize; i++) sum += module[i * blockSize + at]! * context[i]!;
    return sum;
  });
}
