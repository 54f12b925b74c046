import { BACKEND_NAMES } from "@muir/backend";
import { z } from "zod";

/** What any run is told beside its experiment. */
export const runSettings = {
  seed: z.int().min(0).max(0xffffffff).default(1).describe("Of everything random"),
  backend: z
    .enum(["auto", ...BACKEND_NAMES])
    .default("auto")
    .describe("auto: the first that works"),
  threads: z
    .int()
    .min(1)
    .max(256)
    .nullable()
    .default(null)
    .describe("Of wasm; null: one for each core"),
};

/** Settings of a training that mean the same, and have the same default, in every experiment. */
export const trainingSettings = {
  initialScale: z
    .enum(["variance", "printed"])
    .default("variance")
    .describe("printed: Eq. 7 as the paper has it"),
  sampling: z
    .enum(["proportional", "uniform"])
    .default("proportional")
    .describe("How challengers are drawn"),
  reviveProbability: z
    .number()
    .min(0)
    .max(1)
    .default(1e-4)
    .describe("Of drawing an unused hypermodule"),
  patience: z.int().min(1).nullable().default(null).describe("End after so many without gain"),
};
