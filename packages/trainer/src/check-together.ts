import type { TrainingSettings } from "./settings.js";
import { shown } from "./shown.js";

/**
 * Refuses settings that do not fit each other, or make a method another than it says.
 *
 * With `sharing: "none"` what is said of hypermodules is not read, but adapters, which are a method of
 * sharing, are refused.
 *
 * @throws {RangeError} naming the settings, and what to do.
 */
export function checkTogether(settings: TrainingSettings): void {
  for (const { isWrong, says } of rules) {
    if (isWrong(settings)) throw new RangeError(`completeSettings: ${says(settings)}`);
  }
}

interface Rule {
  isWrong(settings: TrainingSettings): boolean;
  says(settings: TrainingSettings): string;
}

const rules: readonly Rule[] = [
  {
    isWrong: ({ alignment, initialAlignment }) =>
      (alignment !== null) !== (initialAlignment === "given"),
    says: ({ alignment, initialAlignment }) =>
      `alignment must be a list of module numbers where initialAlignment is "given", and null elsewhere; got ${shown(alignment)} with "${initialAlignment}".`,
  },
  withContexts("moduleDeviation"),
  withContexts("contextLearningRate"),
  {
    isWrong: ({ initialScale, contextSize }) => initialScale === "printed" && contextSize === 0,
    says: () =>
      'initialScale must be "variance" with contextSize 0, where there are no contexts to scale; got "printed".',
  },
  {
    isWrong: ({ adapterRank, block }) => adapterRank > Math.min(...block),
    says: ({ adapterRank, block }) =>
      `adapterRank must be at most ${Math.min(...block)}, the smaller side of a block [${block}]; got ${adapterRank}.`,
  },
  {
    isWrong: ({ adapterRank, sharing }) => adapterRank > 0 && sharing === "none",
    says: ({ adapterRank }) =>
      `adapterRank must be 0 with sharing "none", where there is nothing to adapt; got ${adapterRank}. Set sharing to "hypermodules".`,
  },
  {
    isWrong: ({ sharing, contextSize, selection, initialAlignment }) =>
      sharing === "hypermodules" &&
      contextSize === 0 &&
      selection === "none" &&
      initialAlignment === "disjoint",
    says: () =>
      'initialAlignment must not be "disjoint" with contextSize 0 and selection "none": every location would keep a block of its own, and nothing would be shared. Set it to "hierarchical", search, or set sharing to "none".',
  },
  {
    isWrong: ({ sharing, modules, selection }) =>
      sharing === "hypermodules" && modules === 1 && selection !== "none",
    says: ({ selection }) =>
      `modules must be 2 or more for a search to choose among; got 1 with selection "${selection}". Set selection to "none".`,
  },
];

function withContexts(name: "moduleDeviation" | "contextLearningRate"): Rule {
  return {
    isWrong: (settings) => settings[name] !== null && settings.contextSize === 0,
    says: (settings) =>
      `${name} must be null with contextSize 0, where there are no contexts; got ${settings[name]}.`,
  };
}
