import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { temporaryFolder } from "../muir.js";

/** A run that takes a moment: the networks of the preset, far smaller. */
export const SMALL = {
  seed: 5,
  backend: "wasm",
  threads: 1,
  tasks: {
    lenet: {
      architecture: { filters: 2, hidden: [8, 8] },
      data: { train: 40, validation: 20, test: 20 },
      batchSize: 8,
    },
    lstm: { architecture: { units: 8, layers: 1 }, data: { words: 50, time: 5 }, batchSize: 200 },
    deepbind: { architecture: { filters: 8, width: 4 }, batchSize: 8 },
  },
  training: {
    ...{ stepsPerGeneration: 2, burnIn: 1, generations: 1, finalGenerations: 1, block: [4, 4] },
  },
};

/** Writes a configuration file and gives words for a run of it into a new folder. */
export function smallRun(settings: object = SMALL, ...words: string[]) {
  const folder = temporaryFolder();
  const config = join(folder, "tasks.yaml");
  writeFileSync(config, stringify(settings));
  const out = join(folder, "run");
  return { out, words: ["run", "cross-modal", "--config", config, "--out", out, ...words] };
}
