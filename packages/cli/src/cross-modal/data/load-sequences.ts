import { stat } from "node:fs/promises";
import { BASES, type ScoredSplits, scoreSplits } from "@muir/data";
import { readCrisprBinding, readScores } from "@muir/data/node";
import type { SequencesConfig } from "../data-config.js";
import { standInScores } from "../stand-ins/stand-in-scores.js";
import { aboutSplits, type LoadedData, type LoadOptions } from "./loaded-data.js";

/** Scored sequences of a table or of the CRISPR binding set, or generated ones. */
export async function loadSequences(
  config: SequencesConfig,
  options: LoadOptions,
): Promise<LoadedData> {
  const { splits } = await read(config, options);
  const name =
    config.path === null ? "generated sequences" : splits.train.name.replace(/\/train$/, "");
  return {
    splits,
    ...{ symbols: BASES.length, classes: 0 },
    about: aboutSplits(name, splits, `sequences of ${splits.train.inputShape[0]} bases`),
  };
}

async function read(
  { path, sequence, score, length, shares, standardize }: SequencesConfig,
  { random }: LoadOptions,
): Promise<ScoredSplits> {
  const common = { standardize, shares, random: random.split("sequences") };
  if (path === null) {
    const table = standInScores({ length: length ?? 60, random: random.split("scores") });
    return scoreSplits(table, { ...common, name: "stand-in-sequences" });
  }
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false, // what is not there is named by the reader below
  );
  if (isFolder) return readCrisprBinding(path, { length: length ?? 201, standardize });
  return readScores(path, { sequence, score, ...(length !== null && { length }), ...common });
}
