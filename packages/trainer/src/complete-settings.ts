import { checkTogether } from "./check-together.js";
import { defaultSettings, type TrainingSettings } from "./settings.js";
import { shown } from "./shown.js";

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
  adapterRank: wholeFrom(0),
  modules: nullOr(wholeFrom(1)),
  initialScale: oneOf("variance", "printed"),
  moduleDeviation: nullOr(positive),
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
  moduleLearningRate: nullOr(positive),
  contextLearningRate: nullOr(positive),
  softLearningRate: positive,
  seed: within(
    "an integer from 0 to 4294967295",
    (x) => Number.isInteger(x) && x >= 0 && x < 2 ** 32,
  ),
};

/**
 * Fills in the defaults and checks every value. A value of undefined counts as not given.
 *
 * @throws {RangeError} naming the first setting that is out of range, unknown, or does not go with the
 *   others.
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
  checkTogether(settings);
  return settings;
}
