import type { InitialStrategy, Sampling } from "@muir/ea";
import type { InitialScale } from "@muir/hypermodule";

/** How tasks are trained together. Every baseline is a choice of these, in the same loop. */
export interface TrainingSettings {
  /** `hypermodules` generates all weights that have a kind; `none` trains every task alone. */
  readonly sharing: "hypermodules" | "none";
  /** Rows m and columns n of a block. */
  readonly block: readonly [number, number];
  /** Context size c; 0 shares blocks exactly. */
  readonly contextSize: number;
  /**
   * Rank r of an adapter that each location has of its own beside what it shares: its block is the generated one
   * plus U V, `[m, r]` times `[r, n]` (Rebuffi et al. 2018). Up to the smaller side of a block; 0 for none.
   */
  readonly adapterRank: number;
  /**
   * Hypermodules K; null for as many as there are locations, or, where all share by order without a
   * search, as the longest task has.
   */
  readonly modules: number | null;
  readonly initialScale: InitialScale;
  /**
   * Standard deviation sigma_H of the entries of hypermodules at the start; null for 1 / sqrt(c). Contexts
   * start the larger the smaller it is, and blocks as they would (Eq. 7); but a step of Adam moves a block by about the
   * rate times |z|, so modules learn the faster the smaller it is. Only with contexts.
   */
  readonly moduleDeviation: number | null;
  /**
   * The alignment before the first generation: `disjoint`, a hypermodule for each location; `hierarchical`,
   * location i of every task, in topological order, the same; `random`; `given`, the one in {@link alignment}.
   */
  readonly initialAlignment: InitialStrategy;
  /** For `initialAlignment: "given"`: a module for each location. */
  readonly alignment: readonly number[] | null;
  /** Who wins a location: the candidate believed best, any of them, or always the incumbent (no search). */
  readonly selection: "belief" | "random" | "none";
  /** Challengers of a location in a generation, lambda. */
  readonly lambda: number;
  /** Share p of the locations that get challengers, in (0, 1]. */
  readonly fraction: number;
  readonly sampling: Sampling;
  /** Probability that a challenger is an unused module, drawn anew. */
  readonly reviveProbability: number;
  /** How much belief challengers start with together, in (0, 1); null: every candidate the same. */
  readonly alpha: number | null;
  /** Alpha at the end of the search; it moves there over the second half. null: it stays as it is. */
  readonly finalAlpha: number | null;
  readonly stepsPerGeneration: number;
  /** Generations before the search, without challengers. */
  readonly burnIn: number;
  /** Most generations of search. */
  readonly generations: number;
  /** Most generations of training on after the search, without challengers. */
  readonly finalGenerations: number;
  /** Generations without a better validation loss after which a phase ends; null: never. */
  readonly patience: number | null;
  readonly learningRate: number;
  /** Adam's rate for hypermodules; null for {@link learningRate}. */
  readonly moduleLearningRate: number | null;
  /** Adam's rate for contexts; null for {@link learningRate}. Only with contexts. */
  readonly contextLearningRate: number | null;
  readonly softLearningRate: number;
  readonly seed: number;
}

/**
 * The settings of the paper's synthetic experiment (section 4.1), but for block, K and seed. What the
 * paper leaves open (fraction, alpha, the soft weights' rate) is set so that tasks find their groups;
 * docs/decisions/0007 says why.
 */
export const defaultSettings: TrainingSettings = {
  sharing: "hypermodules",
  block: [16, 16],
  contextSize: 1,
  adapterRank: 0,
  modules: null,
  initialScale: "variance",
  moduleDeviation: null,
  initialAlignment: "disjoint",
  alignment: null,
  selection: "belief",
  lambda: 4,
  fraction: 1,
  sampling: "proportional",
  reviveProbability: 1e-4,
  alpha: 0.95,
  finalAlpha: 0.5,
  stepsPerGeneration: 100,
  burnIn: 0,
  generations: 1000,
  finalGenerations: 200,
  patience: null,
  learningRate: 1e-3,
  moduleLearningRate: null,
  contextLearningRate: null,
  softLearningRate: 0.05,
  seed: 1,
};
