import { standardNormal } from "@muir/random";
import { filled } from "./filled.js";
import type { FloatArray } from "./float-array.js";
import { shuffledOrder } from "./order.js";
import type { SplittableRandom } from "./splittable-random.js";

/** How the factors of a group lie between the smallest and the largest: `even`, or in equal ratios. */
export type FactorSpacing = "even" | "logarithmic";

/** Weights of linear tasks in groups: task t's are `factors[t] * vectors[groups[t]]`. */
export interface GroupedWeights {
  /** The group of each task, `[tasks]`. */
  readonly groups: Int32Array;
  /** The factor of each task, `[tasks]`. */
  readonly factors: Float32Array;
  /** The vector of each group, `[groups, inputs]`. */
  readonly vectors: FloatArray;
}

/**
 * Draws a standard normal vector for each group, and its tasks' factors: spaced from
 * `scale / 10^decades` to `scale`, evenly or in equal ratios, in an order of its own.
 */
export function drawGroupedWeights(options: {
  readonly random: SplittableRandom;
  readonly groups: number;
  readonly tasksPerGroup: number;
  readonly inputs: number;
  readonly decades: number;
  readonly scale: number;
  readonly spacing: FactorSpacing;
}): GroupedWeights {
  const { random, groups, tasksPerGroup, inputs, decades, scale, spacing } = options;
  const ordering = random.split("factors");
  const normal = random.split("vectors");
  const share = (place: number) => place / Math.max(1, tasksPerGroup - 1);
  const factorAt = (place: number) =>
    spacing === "even"
      ? scale * (1 - share(place) * (1 - 10 ** -decades))
      : scale * 10 ** (-decades * share(place));
  const places = Array.from({ length: groups }, () => [...shuffledOrder(tasksPerGroup, ordering)]);
  return {
    groups: Int32Array.from(places.flatMap((group, number) => group.map(() => number))),
    factors: Float32Array.from(places.flat(), factorAt),
    vectors: filled([groups, inputs], () => standardNormal(normal)),
  };
}

/**
 * What the tasks answer without noise: inputs `[tasks, samples, inputs]` times weights, summed in
 * float64 and rounded once, `[tasks, samples]`.
 */
export function linearTargets({ shape, data }: FloatArray, weights: GroupedWeights): FloatArray {
  const [tasks, samples, inputs] = shape as [number, number, number];
  const { groups, factors, vectors } = weights;
  const targets = new Float32Array(tasks * samples);
  for (let i = 0; i < targets.length; i++) {
    const task = Math.floor(i / samples);
    const vector = groups[task]! * inputs;
    let sum = 0;
    for (let j = 0; j < inputs; j++) sum += data[i * inputs + j]! * vectors.data[vector + j]!;
    targets[i] = factors[task]! * sum;
  }
  return { shape: [tasks, samples], data: targets };
}
