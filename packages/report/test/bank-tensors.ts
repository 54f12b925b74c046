import { createRandom } from "@muir/random";
import type { BankNumbers } from "@muir/report";
import { randomSeeds } from "@muir/test-kit";
import fc from "fast-check";

/** Banks of up to 5 hypermodules and 8 locations, with a task for each location. */
export const banks = fc
  .record({
    seed: randomSeeds(),
    modules: fc.integer({ min: 1, max: 5 }),
    contextSize: fc.integer({ min: 0, max: 3 }),
    blockSize: fc.integer({ min: 1, max: 6 }),
    locations: fc.integer({ min: 1, max: 8 }),
  })
  .map(({ seed, modules, contextSize, blockSize, locations }) => {
    const random = createRandom(seed);
    const numbers = (count: number) => Float32Array.from({ length: count }, () => random() - 0.5);
    const places = (most: number) =>
      Int32Array.from({ length: locations }, () => Math.floor(random() * most));
    const bank: BankNumbers = {
      modules: numbers(modules * Math.max(1, contextSize) * blockSize),
      contexts: numbers(locations * contextSize),
      contextSize,
      blockSize,
      alignment: places(modules),
    };
    return { bank, taskOf: places(3) };
  });

/** A safetensors file with the tensors of `bank`, another one between them, and their alignment. */
export function bankFile(bank: BankNumbers): Uint8Array {
  const { modules, contexts, contextSize, blockSize, alignment } = bank;
  const width = Math.max(1, contextSize);
  const tensors = [
    ["bank/modules", "F32", [modules.length / width / blockSize, width, 1, blockSize], modules],
    ["private/a/bias", "F32", [1], Float32Array.of(7)],
    ["bank/contexts", "F32", [alignment.length, contextSize], contexts],
    ["alignment", "I32", [alignment.length], alignment],
  ] as const;
  let offset = 0;
  const header: Record<string, unknown> = { __metadata__: { format: "muir-checkpoint" } };
  for (const [name, dtype, shape, data] of tensors) {
    header[name] = { dtype, shape, data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([
    length,
    text,
    ...tensors.map(([, , , data]) => Buffer.from(data.buffer, data.byteOffset, data.byteLength)),
  ]);
}
