import type { z } from "zod";
import type { crossModalSchema, Preset } from "./cross-modal-config.js";

type Given = z.input<typeof crossModalSchema>;
type PresetConfig = Required<Pick<Given, "tasks" | "training">>;

/** The tasks that a run has unless it is told which. */
export const STANDARD_TASKS: readonly string[] = ["lenet", "lstm", "deepbind"];

/** Guides are few: a larger share of them validates and tests than is usual. */
const smallDeepBind: PresetConfig["tasks"][string] = {
  architecture: { kind: "deepbind", filters: 64 },
  data: {
    ...{ kind: "sequences", path: "crispr" },
    shares: { validation: 0.15, test: 0.15 },
  },
  batchSize: 16,
};

/**
 * What each preset holds. `paper` is section 4.2: sizes, batches, c, block and steps a generation. `small` has the same
 * networks with smaller layers and fewer steps, for two cores and real data; `brief` is smaller again, so that the runs of
 * Tables 3, 6 and 7 are made in 40 minutes; `tiny` is to be tried in a minute.
 */
export const presets: Readonly<Record<Preset, PresetConfig>> = {
  tiny: {
    tasks: {
      lenet: {
        architecture: { kind: "lenet", filters: 8, hidden: [32, 32] },
        data: { kind: "images", train: 2000, validation: 500, test: 1000 },
        batchSize: 16,
      },
      wrn: {
        architecture: { kind: "wide-resnet", depth: 10, filters: 8 },
        data: { kind: "images", train: 2000, validation: 500, test: 1000 },
        batchSize: 16,
      },
      lstm: {
        architecture: { kind: "stacked-lstm", units: 32 },
        data: { kind: "text", words: 1000, time: 20 },
        batchSize: 10,
      },
      transformer: {
        architecture: { kind: "transformer", width: 32, heads: 2 },
        data: { kind: "text", words: 1000, time: 20 },
        batchSize: 10,
      },
      deepbind: {
        architecture: { kind: "deepbind", filters: 32, width: 12 },
        data: { kind: "sequences" },
        batchSize: 32,
      },
    },
    training: {
      ...{ block: [8, 8], learningRate: 3e-3, stepsPerGeneration: 50 },
      ...{ generations: 12, finalGenerations: 4 },
    },
  },
  brief: {
    tasks: {
      lenet: {
        architecture: { kind: "lenet" },
        data: { kind: "images", path: "cifar10", validation: 1000, test: 5000 },
        batchSize: 32,
      },
      wrn: {
        architecture: { kind: "wide-resnet", depth: 10 },
        data: { kind: "images", path: "cifar10", validation: 1000, test: 5000 },
        batchSize: 32,
      },
      lstm: {
        architecture: { kind: "stacked-lstm", units: 64 },
        data: { kind: "text", path: "wikitext2", words: 2000, validation: 20_000 },
        batchSize: 20,
      },
      transformer: {
        architecture: { kind: "transformer", width: 64 },
        data: { kind: "text", path: "wikitext2", words: 2000, validation: 20_000 },
        batchSize: 20,
      },
      deepbind: smallDeepBind,
    },
    training: {
      ...{ learningRate: 2e-3, contextLearningRate: 7e-4, alpha: 0.1 },
      ...{ stepsPerGeneration: 100, generations: 9, finalGenerations: 5 },
    },
  },
  small: {
    tasks: {
      lenet: {
        architecture: { kind: "lenet" },
        data: { kind: "images", path: "cifar10", validation: 2000 },
        batchSize: 32,
      },
      wrn: {
        architecture: { kind: "wide-resnet", depth: 16 },
        data: { kind: "images", path: "cifar10", validation: 2000 },
        batchSize: 32,
      },
      lstm: {
        architecture: { kind: "stacked-lstm", units: 128 },
        data: { kind: "text", path: "wikitext2", words: 4000 },
        batchSize: 20,
      },
      transformer: {
        architecture: { kind: "transformer" },
        data: { kind: "text", path: "wikitext2", words: 4000 },
        batchSize: 20,
      },
      deepbind: smallDeepBind,
    },
    training: {
      ...{ learningRate: 3e-3, contextLearningRate: 1e-3, alpha: 0.1 },
      ...{ stepsPerGeneration: 200, generations: 12, finalGenerations: 10 },
    },
  },
  paper: {
    tasks: {
      lenet: {
        architecture: { kind: "lenet" },
        data: { kind: "images", path: "cifar10" },
        batchSize: 128,
      },
      wrn: {
        architecture: { kind: "wide-resnet" },
        data: { kind: "images", path: "cifar10" },
        batchSize: 128,
      },
      lstm: {
        architecture: { kind: "stacked-lstm" },
        data: { kind: "text", path: "wikitext2" },
        batchSize: 20,
      },
      transformer: {
        architecture: { kind: "transformer" },
        data: { kind: "text", path: "wikitext2" },
        batchSize: 20,
      },
      deepbind: {
        architecture: { kind: "deepbind" },
        data: { kind: "sequences", path: "crispr", length: 201 },
        batchSize: 512,
      },
    },
    training: {},
  },
};
