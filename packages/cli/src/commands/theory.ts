import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type GrowthRecord, growthSettings, growthTable } from "@muir/ea";
import { createRandom } from "@muir/random";
import { growthChart, growthPage } from "@muir/report";
import { checkOutFolder } from "../run/check-out-folder.js";
import { magnitude, table } from "../terminal/format.js";
import { shownPath } from "../terminal/shown-path.js";

/** The flags of `muir theory`. */
export interface TheoryFlags {
  readonly seed: number;
  readonly runs: number;
  /** Largest number of locations, at least 32. */
  readonly locations: number;
  readonly out: string;
  readonly json?: boolean;
}

/** Random numbers that one run of a row may take: what decides up to which L a setting is measured. */
const DRAWS_A_RUN = 6e6;

/** `muir theory`: how long the search takes on linear fitness, measured against what is proved. */
export async function theoryCommand(flags: TheoryFlags): Promise<number> {
  const { seed, runs, out, json } = flags;
  checkOutFolder(out);
  const random = createRandom(seed);
  const budget = DRAWS_A_RUN * runs;
  const locations = powersOfTwo(flags.locations);
  const records = growthSettings.flatMap((setting) => {
    if (!json) process.stderr.write(`measuring ${setting.name} …\n`);
    return growthTable(
      { settings: [setting], locations, runs, budget },
      random.split(setting.name),
    );
  });
  const written = writeTheory(records, out);
  if (json) {
    console.log(JSON.stringify(records, null, 2));
    return 0;
  }
  console.log(`Iterations until the optimum of linear fitness, ${runs} runs each, seed ${seed}\n`);
  console.log(
    table([HEAD, ...growthSettings.flatMap(({ name }) => block(records, name))].slice(0, -1)),
  );
  console.log(`\n${NOTE}\n`);
  for (const path of written) console.log(shownPath(path));
  return 0;
}

/** 16, 32, ... up to `largest`. */
function powersOfTwo(largest: number): number[] {
  return Array.from({ length: Math.floor(Math.log2(largest)) - 3 }, (_, i) => 2 ** (i + 4));
}

function writeTheory(records: readonly GrowthRecord[], out: string): string[] {
  const files = {
    "theory.html": growthPage(records),
    "theory.svg": growthChart(records),
    "theory.json": `${JSON.stringify(records, null, 2)}\n`,
  };
  mkdirSync(out, { recursive: true });
  return Object.entries(files).map(([name, content]) => {
    const path = join(out, name);
    writeFileSync(path, content);
    return path;
  });
}

const HEAD = ["setting", "L", "measured", "± s.e.", "predicted", "ratio"];

const NOTE = `L locations and as many hypermodules; D parts with a fitness each. Predictions leave a
constant factor open. The ratio is measured / predicted, against the same at the
largest L: it stays about constant where the predicted growth is right.`;

/** The rows of one setting and a blank one. */
function block(records: readonly GrowthRecord[], setting: string): string[][] {
  const own = records.filter((record) => record.setting === setting);
  return [...own.map(row), HEAD.map(() => "")];
}

function row(record: GrowthRecord): string[] {
  return [
    record.setting,
    record.locations.toLocaleString("en"),
    magnitude(record.mean),
    magnitude(record.standardError),
    magnitude(record.predicted),
    record.ratio.toFixed(2),
  ];
}
