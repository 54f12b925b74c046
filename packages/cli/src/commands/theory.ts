import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type GrowthRecord, growthSettings, growthTable } from "@muir/ea";
import { createRandom } from "@muir/random";
import { growthChart, growthPage } from "@muir/report";
import { table } from "../terminal/format.js";

export interface TheoryFlags {
  readonly seed: number;
  readonly runs: number;
  readonly out: string;
  readonly json?: boolean;
}

/** `muir theory`: how long the search takes on linear fitness, measured against what is proved. */
export async function theoryCommand({ seed, runs, out, json }: TheoryFlags): Promise<number> {
  const random = createRandom(seed);
  const records = growthSettings.flatMap((setting) => {
    if (!json) process.stderr.write(`measuring ${setting.name} …\n`);
    return growthTable({ settings: [setting], runs }, random.split(setting.name));
  });
  if (json) {
    console.log(JSON.stringify(records, null, 2));
  } else {
    console.log(
      `Iterations until the optimum of linear fitness, ${runs} runs each, seed ${seed}\n`,
    );
    console.log(table([HEAD, ...records.map(row)]));
    console.log(
      "\nThe ratio of measured to predicted, against the largest L of the same setting, stays",
    );
    console.log(
      "about constant where the predicted growth is right (Table 1, Theorems 3.1 and 3.2).",
    );
  }
  mkdirSync(out, { recursive: true });
  for (const [name, content] of [
    ["theory.html", growthPage(records)],
    ["theory.svg", growthChart(records)],
    ["theory.json", `${JSON.stringify(records, null, 2)}\n`],
  ] as const) {
    writeFileSync(join(out, name), content);
    if (!json) console.log(relative(process.cwd(), join(out, name)));
  }
  return 0;
}

const HEAD = ["setting", "L", "D", "K", "measured", "± s.e.", "predicted growth", "ratio"];

function row(record: GrowthRecord): string[] {
  const whole = (n: number) => Math.round(n).toLocaleString("en");
  return [
    record.setting,
    whole(record.locations),
    whole(record.parts),
    whole(record.values),
    record.mean < 100 ? record.mean.toFixed(1) : whole(record.mean),
    record.standardError < 100 ? record.standardError.toFixed(1) : whole(record.standardError),
    record.predicted < 100 ? record.predicted.toFixed(1) : whole(record.predicted),
    record.ratio.toFixed(2),
  ];
}
