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
  /** Hypermodules K; null for as many as there are locations. */
  readonly modules: number | null;
  readonly initialScale: InitialScale;
  /** The alignment before the first generation; `given` takes the one in {@link alignment}. */
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
  readonly softLearningRate: number;
  readonly seed: number;
}

/**
 * The settings of the paper's synthetic experiment (section 4.1), but for block, K and seed; and for
 * alpha and the soft weights' rate, which it does not give: these find all groups in all runs.
 */
export const defaultSettings: TrainingSettings = {
  sharing: "hypermodules",
  block: [16, 16],
  contextSize: 1,
  modules: null,
  initialScale: "variance",
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
  softLearningRate: 0.05,
  seed: 1,
};

const wholeFrom = (least: number) => ({
  holds: (x: unknown) => Number.isInteger(x) && (x as number) >= least,
  says: least === 0 ? "an integer, 0 or more" : "a positive integer",
});
const positive = {
  holds: (x: unknown) => typeof x === "number" && x > 0 && Number.isFinite(x),
  says: "a positive number",
};
const oneOf = (...words: string[]) => ({
  holds: (x: unknown) => words.includes(x as string),
  says: `one of ${words.join(", ")}`,
});
const nullOr = (rule: Rule) => ({
  holds: (x: unknown) => x === null || rule.holds(x),
  says: `${rule.says}, or null`,
});

interface Rule {
  holds(value: unknown): boolean;
  readonly says: string;
}

const within = (says: string, holds: (x: number) => boolean) => ({
  says,
  holds: (x: unknown) => typeof x === "number" && holds(x),
});

const rules: Readonly<Record<keyof TrainingSettings, Rule>> = {
  sharing: oneOf("hypermodules", "none"),
  block: {
    holds: (x) =>
      Array.isArray(x) && x.length === 2 && x.every((n) => Number.isInteger(n) && n > 0),
    says: "two positive integers [m, n]",
  },
  contextSize: wholeFrom(0),
  modules: nullOr(wholeFrom(1)),
  initialScale: oneOf("variance", "printed"),
  initialAlignment: oneOf("disjoint", "hierarchical", "random", "given"),
  alignment: nullOr({
    holds: (x) => Array.isArray(x) && x.every((n) => Number.isInteger(n) && n >= 0),
    says: "a list of module numbers",
  }),
  selection: oneOf("belief", "random", "none"),
  lambda: wholeFrom(1),
  fraction: within("above 0 and at most 1", (x) => x > 0 && x <= 1),
  sampling: oneOf("proportional", "uniform"),
  reviveProbability: within("from 0 to 1", (x) => x >= 0 && x <= 1),
  alpha: nullOr(within("above 0 and below 1", (x) => x > 0 && x < 1)),
  finalAlpha: nullOr(within("above 0 and below 1", (x) => x > 0 && x < 1)),
  stepsPerGeneration: wholeFrom(1),
  burnIn: wholeFrom(0),
  generations: wholeFrom(1),
  finalGenerations: wholeFrom(0),
  patience: nullOr(wholeFrom(1)),
  learningRate: positive,
  softLearningRate: positive,
  seed: within(
    "an integer from 0 to 4294967295",
    (x) => Number.isInteger(x) && x >= 0 && x < 2 ** 32,
  ),
};

/**
 * Fills in the defaults and checks every value. A value of undefined counts as not given.
 *
 * @throws {RangeError} naming the first setting that is out of range or unknown, or an alignment
 *   that nothing would read.
 * @example
 * ```ts
 * completeSettings({ block: [20, 1] }).lambda; // 4
 * ```
 */
export function completeSettings(given: Partial<TrainingSettings>): TrainingSettings {
  const present = Object.entries(given).filter(([, value]) => value !== undefined);
  for (const [name, value] of present) {
    if (!Object.hasOwn(rules, name)) {
      throw new RangeError(
        `completeSettings: settings must be among ${Object.keys(rules).join(", ")}; got "${name}".`,
      );
    }
    const rule = rules[name as keyof TrainingSettings];
    if (!rule.holds(value)) {
      throw new RangeError(`completeSettings: ${name} must be ${rule.says}; got ${shown(value)}.`);
    }
  }
  const settings = { ...defaultSettings, ...Object.fromEntries(present) } as TrainingSettings;
  if ((settings.alignment !== null) !== (settings.initialAlignment === "given")) {
    throw new RangeError(
      `completeSettings: alignment must be a list of module numbers where initialAlignment is "given", and null elsewhere; got ${shown(settings.alignment)} with "${settings.initialAlignment}".`,
    );
  }
  return settings;
}

/** JSON has no NaN or infinity. */
const shown = (value: unknown) =>
  typeof value === "number" ? String(value) : JSON.stringify(value);
