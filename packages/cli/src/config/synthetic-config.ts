import { BACKEND_NAMES } from "@muir/backend";
import { z } from "zod";

const count = z.int().min(1);
const share = z.number().gt(0).lte(1);

/** The sizes of the generated benchmark, or the folder that holds another one. */
const dataSchema = z.strictObject({
  folder: z.string().nullable().default(null).describe("Folder of .npy files; null: generate"),
  groups: count.default(3),
  tasksPerGroup: count.default(10),
  inputs: count.default(20),
  train: count.default(10).describe("Training samples a task"),
  validation: count.default(5).describe("Validation samples a task"),
  test: count.default(50).describe("Test samples a task"),
  decades: z.number().min(0).default(1.5).describe("Spread of the tasks' factors, powers of ten"),
  scale: z.number().gt(0).default(1.5).describe("Largest factor"),
  spacing: z.enum(["even", "logarithmic"]).default("even").describe("Of the factors"),
  noiseVariance: z.number().gt(0).default(0.1).describe("Of the noisy variant"),
});

/** How it is trained; names and meanings are those of `TrainingSettings` in @muir/trainer. */
const trainingSchema = z.strictObject({
  contextSize: z.int().min(0).default(1),
  modules: count.nullable().default(null).describe("Hypermodules K; null: one a task"),
  initialScale: z.enum(["variance", "printed"]).default("variance"),
  lambda: count.default(4).describe("Challengers of a location"),
  fraction: share.default(0.5).describe("Share of the locations that get challengers"),
  sampling: z.enum(["proportional", "uniform"]).default("proportional"),
  reviveProbability: z.number().min(0).max(1).default(1e-4),
  alpha: z.number().gt(0).lt(1).nullable().default(0.95).describe("First belief in challengers"),
  finalAlpha: z.number().gt(0).lt(1).nullable().default(0.5).describe("Alpha as the search ends"),
  batchSize: count.default(10),
  stepsPerGeneration: count.default(100),
  burnIn: z.int().min(0).default(0),
  generations: count.default(1000).describe("Most generations of search"),
  finalGenerations: z.int().min(0).default(200),
  patience: count.nullable().default(null),
  learningRate: z.number().gt(0).default(1e-3),
  softLearningRate: z.number().gt(0).default(0.03),
});

export const METHODS = ["muir", "stl", "random", "oracle"] as const;
export const VARIANTS = ["clean", "noisy"] as const;

/** Everything a synthetic run depends on. */
export const syntheticSchema = z.strictObject({
  experiment: z.literal("synthetic").default("synthetic"),
  variant: z.enum(VARIANTS).default("clean"),
  method: z.enum(METHODS).default("muir"),
  seed: z.int().min(0).max(0xffffffff).default(1),
  backend: z.enum(["auto", ...BACKEND_NAMES]).default("auto"),
  data: dataSchema.prefault({}),
  training: trainingSchema.prefault({}),
});

export type SyntheticConfig = z.infer<typeof syntheticSchema>;
export type Method = SyntheticConfig["method"];
export type Variant = SyntheticConfig["variant"];
