/**
 * Time and memory of one generation, propose and select, at a million locations.
 *
 * npx tsx --conditions @muir/source benchmarks/generation.ts [locations]
 */
import { initialAlignment, type Proposal, propose, select } from "@muir/ea";
import { createRandom } from "@muir/random";

const locations = Number(process.argv[2] ?? 1_000_000);
const runs = 31;
const random = createRandom(1);
const search = { modules: locations, lambda: 1, fraction: 0.5, sampling: "proportional" } as const;
const beliefs = Float32Array.from({ length: Math.ceil(locations / 2) * 2 }, random);

let alignment = initialAlignment("disjoint", { locations, modules: locations });
const milliseconds: number[] = [];
let kept = 0; // bytes of the proposal and the new alignment
let allocated = 0; // bytes of every buffer, scratch included, before any is collected
for (let run = 0; run < runs; run++) {
  const before = process.memoryUsage().arrayBuffers;
  const start = performance.now();
  const proposal = propose(alignment, search, random);
  const selected = select(proposal, beliefs);
  milliseconds.push(performance.now() - start);
  allocated = Math.max(allocated, process.memoryUsage().arrayBuffers - before);
  kept = bytes(proposal) + selected.byteLength;
  alignment = selected;
}

const median = milliseconds.toSorted((a, b) => a - b)[runs >> 1]!;
console.log(`locations            ${locations}`);
console.log(`median time          ${median.toFixed(1)} ms`);
console.log(`slowest of ${runs}        ${Math.max(...milliseconds).toFixed(1)} ms`);
console.log(`results              ${(kept / locations).toFixed(1)} bytes/location`);
console.log(`results and scratch  ${(allocated / locations).toFixed(1)} bytes/location`);

function bytes({ locations: chosen, challengers, revived }: Proposal): number {
  return chosen.byteLength + challengers.byteLength + revived.byteLength;
}
