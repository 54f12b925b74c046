import { join, relative } from "node:path";
import { comparisonChart, comparisonPage } from "@muir/report";
import { commandLine } from "../compare/command-line.js";
import { againstAlone, type Compared, compared, withStatistics } from "../compare/comparison.js";
import {
  comparisonCells,
  comparisonFigures,
  comparisonTable,
} from "../compare/comparison-table.js";
import { checkJob, finishedSummary, type Job } from "../compare/job.js";
import { csvRecords, latexTable, markdownTable } from "../compare/table-formats.js";
import { parseVariations } from "../compare/variation.js";
import { workOff } from "../compare/work-off.js";
import { writeFiles } from "../compare/write-files.js";
import { type ConfigFlags, configFrom } from "../config/draft-config.js";
import { listOf } from "../config/list-of.js";
import { seedRange } from "../config/seed-range.js";
import {
  METHODS,
  type SyntheticConfig,
  syntheticSchema,
  VARIANTS,
} from "../config/synthetic-config.js";
import { checkOutFolder } from "../run/check-out-folder.js";
import { prepareSynthetic } from "../run/prepare-synthetic.js";
import { startBackend } from "../run/start-backend.js";
import { shownPath } from "../terminal/shown-path.js";
import { stopCode } from "../terminal/stop-signal.js";

/** The runs of a row. */
interface Row {
  /** A method, or muir with a setting's value. */
  readonly method: string;
  readonly jobs: readonly Job<SyntheticConfig>[];
}

/** The flags of `muir compare`, for the synthetic experiment. */
export interface CompareFlags extends ConfigFlags {
  readonly variants: string;
  readonly methods: string;
  readonly vary?: readonly string[];
  readonly seeds: string;
  readonly jobs?: number;
  readonly out: string;
  readonly json?: boolean;
  readonly force?: boolean;
}

/**
 * `muir compare`: every method on every variant over several seeds; finished runs are kept.
 *
 * @returns the exit code: 0, 3 when a run failed, 130 when Ctrl-C stopped it, or 143 when SIGTERM did.
 */
export async function compareCommand(
  flags: CompareFlags,
  stopSignal: () => AbortSignal,
): Promise<number> {
  const plan = planOf(flags);
  await checkPlan(plan, flags);
  const signal = stopSignal();
  const failures = await workOff(
    plan.flatMap(({ jobs }) => jobs),
    {
      ...{ jobs: flags.jobs, quiet: flags.json === true, signal },
      nameOf: ({ out }) => relative(flags.out, out).replace("/seed", " seed ").replace("-", " "),
    },
  );
  const rows = againstAlone(
    plan.map(({ method, jobs }) => ({
      ...compared(jobs[0]!.config, jobs.map(finishedSummary)),
      ...(method !== jobs[0]!.config.method && { method, paper: null }),
    })),
  );
  const written = writeComparison(rows, flags);
  console.log(flags.json ? JSON.stringify(withStatistics(rows), null, 2) : comparisonTable(rows));
  if (!flags.json) console.log(`\n${written.map(shownPath).join("\n")}`);
  if (signal.aborted) return stopCode(signal);
  return failures === 0 ? 0 : 3;
}

/** For each variant and method, and each value of a setting that varies, one job for each seed. */
function planOf(flags: CompareFlags): Row[] {
  const variants = listOf(flags.variants, VARIANTS, "--variants");
  const methods = listOf(flags.methods, METHODS, "--methods");
  const seeds = seedRange(flags.seeds);
  const variations = parseVariations(flags.vary ?? [], {
    ...{ config: configFrom(flags), schema: syntheticSchema },
    ...{ listed: "muir run synthetic --help", generations: flags.generations },
  });
  const varied = variations.flatMap(({ setting, others }) =>
    others.map(({ shown, value }) => ({
      ...{ name: `${setting}=${shown}`, method: "muir" as const },
      set: [`training.${setting}=${JSON.stringify(value)}`],
    })),
  );
  const named = methods.map((method) => ({ ...{ name: method, method }, set: [] }));
  return variants.flatMap((variant) =>
    [...named, ...varied].map(({ name, method, set }) => ({
      method: set.length === 0 ? name : `muir, ${name}`,
      jobs: seeds.map((seed) => ({
        config: configFrom(
          { ...flags, set: [...(flags.set ?? []), ...set] },
          { variant, method, seed },
        ),
        out: join(flags.out, `${variant}-${name}`, `seed${seed}`),
      })),
    })),
  );
}

/** Finds what is wrong once and here, before anything is written, and not in every run. */
async function checkPlan(plan: readonly Row[], { out, force }: CompareFlags): Promise<void> {
  checkOutFolder(out);
  const firsts = plan.map(({ jobs }) => jobs[0]!.config);
  for (const job of plan.flatMap(({ jobs }) => jobs)) checkJob(job, { force: force === true });
  await startBackend(firsts[0]!);
  for (const config of firsts) (await prepareSynthetic(config)).training.dispose();
}

function writeComparison(rows: readonly Compared[], flags: CompareFlags): string[] {
  const [first] = rows.flatMap(({ summaries }) => summaries);
  const meta = {
    experiment: "synthetic",
    backend: first?.backend ?? "none",
    generations: first?.generations ?? 0,
    command: commandOf(flags),
  };
  const files = {
    "comparison.html": comparisonPage(rows, meta),
    "comparison.svg": comparisonChart(rows),
    "comparison.txt": `${comparisonTable(rows)}\n`,
    "comparison.md": markdownTable(comparisonCells(rows)),
    "comparison.csv": csvRecords(comparisonFigures(rows)),
    "comparison.tex": latexTable(comparisonCells(rows)),
    "comparison.json": `${JSON.stringify(withStatistics(rows), null, 2)}\n`,
  };
  return writeFiles(flags.out, files);
}

/** What to type to repeat it; only what decides the numbers. */
function commandOf(flags: CompareFlags): string {
  const { preset, variants, methods, vary, seeds, generations, data, config, set, backend } = flags;
  const given = { preset, variants, methods, vary, seeds, generations, data, config, backend, set };
  return commandLine("muir compare", given);
}
