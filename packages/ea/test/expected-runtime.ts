/**
 * The expected runtime of the decomposed (1+1)-EA, from the transition probabilities, where the
 * numbers of right locations are all of the state. For a handful of locations: it visits every
 * state.
 */
export function expectedRuntime(
  /** Right locations of each part at the start. */
  right: readonly number[],
  /** Locations of a part; the probability that a resampled location is right, of `n` right ones in all. */
  { size, hit }: { size: number; hit: (n: number) => number },
): number {
  const known = new Map<string, number>();
  const expected = (state: readonly number[]): number => {
    if (state.every((r) => r === size)) return 0;
    const found = known.get(state.join());
    if (found !== undefined) return found;
    const probability = hit(state.reduce((sum, r) => sum + r, 0));
    let stay = 0;
    let later = 0;
    for (const { next, chance } of successors(state, { size, probability })) {
      if (next.join() === state.join()) stay = chance;
      else if (chance > 0) later += chance * expected(next);
    }
    const time = (1 + later) / (1 - stay);
    known.set(state.join(), time);
    return time;
  };
  return expected(right);
}

function successors(
  state: readonly number[],
  { size, probability }: { size: number; probability: number },
): { next: number[]; chance: number }[] {
  return state.reduce(
    (sofar, r) => {
      const gains = gainChances(r, { size, probability });
      return sofar.flatMap(({ next, chance }) =>
        gains.map((gain, up) => ({ next: [...next, r + up], chance: chance * gain })),
      );
    },
    [{ next: [] as number[], chance: 1 }],
  );
}

/** The chance of each gain of a part with `right` right locations: 0 where the mutant loses. */
function gainChances(
  right: number,
  { size, probability }: { size: number; probability: number },
): number[] {
  const wrong = size - right;
  const chances = Array<number>(wrong + 1).fill(0);
  for (let mended = 0; mended <= wrong; mended++) {
    for (let broken = 0; broken <= right; broken++) {
      const chance =
        successes(mended, wrong, probability / size) *
        successes(broken, right, (1 - probability) / size);
      chances[Math.max(0, mended - broken)]! += chance;
    }
  }
  return chances;
}

function successes(count: number, trials: number, probability: number): number {
  let ways = 1;
  for (let i = 0; i < count; i++) ways = (ways * (trials - i)) / (i + 1);
  return ways * probability ** count * (1 - probability) ** (trials - count);
}
