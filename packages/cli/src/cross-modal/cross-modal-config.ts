import { z } from "zod";
import { runSettings, trainingSettings } from "../config/shared-settings.js";
import { architectureSchema } from "./architecture-config.js";
import { dataSchema } from "./data-config.js";

const count = z.int().min(1);
const rate = z.number().gt(0);
const belief = z.number().gt(0).lt(1).nullable();

/** One task: data, network and how it is judged. */
const taskSchema = z.strictObject({
  architecture: architectureSchema.describe("The network"),
  data: dataSchema.describe("What it learns from"),
  batchSize: count.describe("Examples a step; of text, streams read side by side"),
  weight: z.number().gt(0).default(1).describe("What its loss counts in the sum"),
  metric: z
    .enum(["error", "perplexity", "mse", "rmse", "correlation"])
    .nullable()
    .default(null)
    .describe("What it is measured by; null: what is usual for its data"),
});

/** How tasks are trained; names and meanings are those of `TrainingSettings` in @muir/trainer. */
const trainingSchema = z.strictObject({
  block: z.tuple([count, count]).default([16, 16]).describe("Rows and columns of a block"),
  contextSize: z.int().min(0).default(4).describe("Context numbers c of a location"),
  adapterRank: z.int().min(0).default(0).describe("Rank of each location's own adapter; 0: none"),
  modules: count.nullable().default(null).describe("Hypermodules K; null: one a location"),
  moduleDeviation: z
    .number()
    .gt(0)
    .nullable()
    .default(null)
    .describe("Of hypermodules at the start; null: 1 / sqrt(c)"),
  initialScale: trainingSettings.initialScale,
  initialAlignment: z
    .enum(["disjoint", "hierarchical", "random"])
    .default("disjoint")
    .describe("Which hypermodule serves where at the start"),
  selection: z
    .enum(["belief", "random", "none"])
    .default("belief")
    .describe("Who wins a location; none: no search"),
  lambda: count.default(1).describe("Challengers of a location"),
  fraction: z.number().gt(0).lte(1).default(0.5).describe("Share of locations with challengers"),
  sampling: trainingSettings.sampling,
  reviveProbability: trainingSettings.reviveProbability,
  alpha: belief.default(0.5).describe("First belief in challengers"),
  finalAlpha: belief.default(null).describe("Alpha as the search ends; null: the same"),
  stepsPerGeneration: count.default(1000).describe("Steps in a generation"),
  burnIn: z.int().min(0).default(2).describe("Generations before the search"),
  generations: count.default(100).describe("Most generations of search"),
  finalGenerations: z.int().min(0).default(10).describe("Most generations after the search"),
  patience: trainingSettings.patience,
  learningRate: rate.default(1e-3).describe("Of Adam"),
  moduleLearningRate: rate.nullable().default(null).describe("Of hypermodules; null: the same"),
  contextLearningRate: rate.nullable().default(null).describe("Of contexts; null: the same"),
  softLearningRate: rate.default(0.1).describe("Of Adam for the soft weights"),
});

/** The sizes that come with the program. */
export const PRESETS = ["tiny", "brief", "small", "paper"] as const;
/** How tasks may be trained; `methodSettings` says what each means. */
export const CROSS_MODAL_METHODS = [
  "muir",
  "stl",
  "classical",
  "adapters",
  "hierarchical",
  "random",
] as const;

/** Everything a cross-modal run depends on. */
export const crossModalSchema = z.strictObject({
  experiment: z.literal("cross-modal").default("cross-modal").describe("What is run"),
  preset: z.enum(PRESETS).default("tiny").describe("Sizes to begin from"),
  method: z
    .enum(CROSS_MODAL_METHODS)
    .default("muir")
    .describe("How tasks are trained; stl: each alone"),
  ...runSettings,
  tasks: z
    .record(z.string().regex(/^[\w-]+$/, "a name of letters, digits, - and _"), taskSchema)
    .refine((tasks) => Object.keys(tasks).length > 0, "at least one task")
    .describe("By name: what is trained together"),
  training: trainingSchema.prefault({}),
});

/** A configuration that was checked, with all defaults filled in. */
export type CrossModalConfig = z.infer<typeof crossModalSchema>;
export type TaskConfig = CrossModalConfig["tasks"][string];
export type Preset = CrossModalConfig["preset"];
