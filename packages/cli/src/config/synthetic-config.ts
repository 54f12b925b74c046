import { z } from "zod";
import { runSettings, trainingSettings } from "./shared-settings.js";

const count = z.int().min(1);
const share = z.number().gt(0).lte(1);

/** The sizes of the generated benchmark, or the folder that holds another one. */
const dataSchema = z.strictObject({
  folder: z.string().nullable().default(null).describe("Folder of .npy files; null: none"),
  groups: count.default(3).describe("Groups of tasks"),
  tasksPerGroup: count.default(10).describe("Tasks in each group"),
  inputs: count.default(20).describe("Inputs of a task"),
  train: count.default(10).describe("Training samples a task"),
  validation: count.default(5).describe("Validation samples a task"),
  test: count.default(50).describe("Test samples a task"),
  decades: z.number().min(0).default(1.5).describe("Powers of ten the factors span"),
  scale: z.number().gt(0).default(1.5).describe("Largest factor of a task"),
  spacing: z.enum(["even", "logarithmic"]).default("even").describe("How the factors are spread"),
  noiseVariance: z.number().gt(0).default(0.1).describe("Of the noisy targets"),
});

/** How it is trained; names and meanings are those of `TrainingSettings` in @muir/trainer. */
const trainingSchema = z.strictObject({
  contextSize: z.int().min(0).default(1).describe("Context numbers c of a location"),
  modules: count.nullable().default(null).describe("Hypermodules K; null: one a task"),
  initialScale: trainingSettings.initialScale,
  lambda: count.default(4).describe("Challengers of a location"),
  fraction: share.default(1).describe("Share of locations with challengers"),
  sampling: trainingSettings.sampling,
  reviveProbability: trainingSettings.reviveProbability,
  alpha: z.number().gt(0).lt(1).nullable().default(0.95).describe("First belief in challengers"),
  finalAlpha: z.number().gt(0).lt(1).nullable().default(0.5).describe("Alpha as the search ends"),
  batchSize: count.default(10).describe("Samples of each task in a step"),
  stepsPerGeneration: count.default(100).describe("Steps in a generation"),
  burnIn: z.int().min(0).default(0).describe("Generations before the search"),
  generations: count.default(1000).describe("Most generations of search"),
  finalGenerations: z.int().min(0).default(200).describe("Most generations after the search"),
  patience: trainingSettings.patience,
  learningRate: z.number().gt(0).default(1e-3).describe("Of Adam"),
  softLearningRate: z.number().gt(0).default(0.05).describe("Of Adam for the soft weights"),
});

/** How tasks may be trained: the search, each alone, random winners, the groups given. */
export const METHODS = ["muir", "stl", "random", "oracle"] as const;
/** Targets without noise, or with it. */
export const VARIANTS = ["clean", "noisy"] as const;

/** How much of the paper's experiment is run; the sizes of each are in `synthetic-presets`. */
export const SYNTHETIC_PRESETS = ["tiny", "small", "paper"] as const;

/** Everything a synthetic run depends on. */
export const syntheticSchema = z.strictObject({
  experiment: z.literal("synthetic").default("synthetic").describe("What is run"),
  preset: z.enum(SYNTHETIC_PRESETS).default("paper").describe("Sizes to begin from"),
  variant: z.enum(VARIANTS).default("clean").describe("Targets without noise or with it"),
  method: z.enum(METHODS).default("muir").describe("How the tasks are trained"),
  ...runSettings,
  data: dataSchema.prefault({}),
  training: trainingSchema.prefault({}),
});

/** A configuration that was checked, with all defaults filled in. */
export type SyntheticConfig = z.infer<typeof syntheticSchema>;
export type SyntheticPreset = SyntheticConfig["preset"];
export type Method = SyntheticConfig["method"];
export type Variant = SyntheticConfig["variant"];
