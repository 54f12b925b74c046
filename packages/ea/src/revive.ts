import type { Random } from "./proposal.js";
import { trialGaps } from "./trial-gaps.js";

/** Replaces each challenger, with a small probability, by a uniformly drawn unused module. */
export function reviveSome(
  challengers: Int32Array,
  { used, reviveProbability }: { used: Int32Array; reviveProbability: number },
  random: Random,
): void {
  const gap = trialGaps(reviveProbability, random);
  let slot = gap();
  if (slot >= challengers.length) return;
  const unused = unusedModules(used);
  if (unused.length === 0) return;
  for (; slot < challengers.length; slot += 1 + gap()) {
    challengers[slot] = unused[Math.floor(random() * unused.length)]!;
  }
}

/** The unused modules among the challengers, ascending, each once. Takes `used` over as scratch. */
export function unusedAmong(challengers: Int32Array, used: Int32Array): Int32Array {
  let count = 0;
  for (let slot = 0; slot < challengers.length; slot++) {
    const module = challengers[slot]!;
    if (used[module] === 0) {
      used[module] = -1;
      count++;
    }
  }
  const revived = new Int32Array(count);
  let filled = 0;
  for (let module = 0; filled < count; module++) {
    if (used[module] === -1) revived[filled++] = module;
  }
  return revived;
}

function unusedModules(used: Int32Array): Int32Array {
  const unused = new Int32Array(used.reduce((count, uses) => count + (uses === 0 ? 1 : 0), 0));
  let filled = 0;
  for (let module = 0; module < used.length; module++) {
    if (used[module] === 0) unused[filled++] = module;
  }
  return unused;
}
