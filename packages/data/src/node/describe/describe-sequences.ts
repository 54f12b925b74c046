import type { Dataset } from "../../dataset.js";
import { BASES, decodeBases } from "../../sequences/bases.js";
import { scaleOf } from "../../sequences/scale.js";
import { readCrisprBinding } from "../read-crispr-binding.js";
import { readScoreTable } from "../read-score-table.js";
import type { ScoreColumns } from "../score-columns.js";
import { counted, type DataDescription, short } from "./description.js";

const SAMPLES = 3;
const LOOKED_AT = 10_000;

/** A table of scored sequences. */
export async function describeTable(path: string, columns: ScoreColumns): Promise<DataDescription> {
  const { symbols, length, scores } = await readScoreTable(path, columns);
  const row = (i: number) => decodeBases(symbols.subarray(i * length, (i + 1) * length));
  const all = Array.from(scores, (_, i) => row(i));
  return {
    kind: "table of scored sequences",
    path,
    facts: [
      ["rows", counted(scores.length)],
      ["different sequences", counted(new Set(all).size)],
      ["sequences", `${length} bases`],
      ["bases", composition(symbols)],
      ["scores", range(scores)],
    ],
    samples: all.slice(0, SAMPLES).map((sequence, i) => `${sequence} ${short(scores[i]!)}`),
  };
}

/** The CRISPR binding set. */
export async function describeBinding(path: string): Promise<DataDescription> {
  const { train, validation, test } = (await readCrisprBinding(path)).splits;
  const looked = Math.min(train.size, LOOKED_AT);
  const { inputs, targets } = train.batch(Int32Array.from({ length: looked }, (_, i) => i));
  const length = train.inputShape[0]!;
  const of =
    looked < train.size ? `, of the first ${counted(looked)} to train on` : ", to train on";
  return {
    kind: "CRISPR binding set",
    path,
    facts: [
      ...[train, validation, test].map(({ name, size }: Dataset) => {
        return [name.split("/")[1]!, `${counted(size)} sequences`] as const;
      }),
      ["sequences", `${length} bases`],
      ["bases", composition(inputs.data) + of],
      ["scores", range(targets.data) + of],
    ],
    samples: [...targets.data.subarray(0, SAMPLES)].map(
      (score, i) =>
        `${decodeBases(inputs.data.subarray(i * length, (i + 1) * length))} ${short(score)}`,
    ),
  };
}

/** The share of each base that comes up. */
function composition(symbols: ArrayLike<number>): string {
  const counts = [...BASES].map(() => 0);
  for (let i = 0; i < symbols.length; i++) counts[symbols[i]!]! += 1;
  return [...BASES]
    .map((base, i) => `${base} ${((100 * counts[i]!) / symbols.length).toFixed(1)} %`)
    .join(", ");
}

function range(scores: Iterable<number>): string {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const score of scores) {
    low = Math.min(low, score);
    high = Math.max(high, score);
  }
  const { mean, deviation } = scaleOf(scores);
  return `${short(low)} to ${short(high)}, mean ${short(mean)}, deviation ${short(deviation)}`;
}
