export { candidates } from "./candidates.js";
export {
  type DecomposedEvolutionOptions,
  decomposedEvolution,
  type Evolved,
  type PartFitness,
} from "./decomposed-evolution.js";
export { groupingAccuracy, sameGrouping } from "./grouping.js";
export { type GrowthSetting, growthSettings } from "./growth-settings.js";
export { type GrowthRecord, type GrowthTableOptions, growthTable } from "./growth-table.js";
export {
  type InitialAlignmentOptions,
  type InitialStrategy,
  initialAlignment,
} from "./initial-alignment.js";
export type { LinearFitnessOptions } from "./linear-fitness.js";
export { type MeasuredRuntime, measureRuntime } from "./measure-runtime.js";
export { predictedRuntime, type RuntimeSetting, tightRuntime } from "./predicted-runtime.js";
export type { Proposal, Random, Sampling } from "./proposal.js";
export { type ProposeOptions, propose } from "./propose.js";
export { runtimeOnLinearFitness } from "./runtime-on-linear-fitness.js";
export { select, selectRandom } from "./select.js";
export { activeModules, usage } from "./usage.js";
