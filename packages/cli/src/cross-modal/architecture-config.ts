import { z } from "zod";

const size = z.int().min(1);
const rate = z.number().min(0).lt(1);

/** The networks that a task can be given by name, with their sizes; those left out are the paper's. */
export const architectureSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("lenet").describe("LeNet as the paper has it, for images"),
    filters: size.default(16).describe("Filters of each convolution"),
    hidden: z.tuple([size, size]).default([128, 96]).describe("Units of the two hidden layers"),
  }),
  z.strictObject({
    kind: z.literal("wide-resnet").describe("Wide residual network, for images"),
    depth: size.default(40).describe("Layers, 6 n + 4"),
    width: size.default(1).describe("Times as many filters as the plain network"),
    filters: size.default(16).describe("Filters of the first group where width is 1"),
  }),
  z.strictObject({
    kind: z.literal("stacked-lstm").describe("Language model of LSTM layers, for text"),
    layers: size.default(2).describe("LSTM layers"),
    units: size.default(256).describe("Units of each layer, and size of the embedding"),
    dropout: rate.default(0.2).describe("Share of outputs dropped in training"),
  }),
  z.strictObject({
    kind: z.literal("transformer").describe("Small transformer language model, for text"),
    layers: size.default(2).describe("Layers"),
    width: size.default(128).describe("Numbers that describe a word; a multiple of heads"),
    heads: size.default(4).describe("Heads of attention"),
    dropout: rate.default(0.1).describe("Share of entries dropped in training"),
  }),
  z.strictObject({
    kind: z.literal("deepbind").describe("DeepBind, for sequences of bases"),
    filters: size.default(256).describe("Filters, and units of the hidden layer"),
    width: size.default(24).describe("Bases that a filter sees at once"),
  }),
  z.strictObject({
    kind: z.literal("layers-model").describe("A model of TensorFlow.js as it was saved"),
    path: z.string().min(1).describe("Its model.json"),
    pretrained: z.boolean().default(false).describe("Whether to begin from its weights"),
  }),
]);

export type ArchitectureConfig = z.infer<typeof architectureSchema>;
