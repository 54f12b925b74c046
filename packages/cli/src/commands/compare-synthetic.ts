import { join } from "node:path";
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
import { workOff } from "../compare/work-off.js";
import { writeFiles } from "../compare/write-files.js";
import { type ConfigFlags, configFrom } from "../config/draft-config.js";
import { listOf } from "../config/list-of.js";
import { seedRange } from "../config/seed-range.js";
import { METHODS, type SyntheticConfig, VARIANTS } from "../config/synthetic-config.js";
import { checkOutFolder } from "../run/check-out-folder.js";
import { prepareSynthetic } from "../run/prepare-synthetic.js";
import { startBackend } from "../run/start-backend.js";
import { shownPath } from "../terminal/shown-path.js";
import { stopCode } from "../terminal/stop-signal.js";

type SyntheticJob = Job<SyntheticConfig>;

/** The flags of `muir compare`, for the synthetic experiment. */
export interface CompareFlags extends ConfigFlags {
  readonly variants: string;
  readonly methods: string;
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
  const jobs = plan.flat();
  await checkPlan(plan, flags);
  const signal = stopSignal();
  const failures = await workOff(jobs, {
    ...{ jobs: flags.jobs, quiet: flags.json === true, signal },
    nameOf: ({ config: { variant, method, seed } }) => `${variant} ${method} seed ${seed}`,
  });
  const rows = againstAlone(plan.map((own) => compared(own[0]!.config, own.map(finishedSummary))));
  const written = writeComparison(rows, flags);
  console.log(flags.json ? JSON.stringify(withStatistics(rows), null, 2) : comparisonTable(rows));
  if (!flags.json) console.log(`\n${written.map(shownPath).join("\n")}`);
  if (signal.aborted) return stopCode(signal);
  return failures === 0 ? 0 : 3;
}

/** For each variant and method, one job for each seed. */
function planOf(flags: CompareFlags): SyntheticJob[][] {
  const variants = listOf(flags.variants, VARIANTS, "--variants");
  const methods = listOf(flags.methods, METHODS, "--methods");
  const seeds = seedRange(flags.seeds);
  return variants.flatMap((variant) =>
    methods.map((method) =>
      seeds.map((seed) => {
        const config = configFrom(flags, { variant, method, seed });
        return { config, out: join(flags.out, `${variant}-${method}`, `seed${seed}`) };
      }),
    ),
  );
}

/** Finds what is wrong once and here, before anything is written, and not in every run. */
async function checkPlan(
  plan: readonly (readonly SyntheticJob[])[],
  { out, force }: CompareFlags,
): Promise<void> {
  checkOutFolder(out);
  for (const job of plan.flat()) checkJob(job, { force: force === true });
  await startBackend(plan[0]![0]!.config);
  for (const [first] of plan) (await prepareSynthetic(first!.config)).training.dispose();
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
  const { variants, methods, seeds, generations, data, config, set, backend } = flags;
  const given = { variants, methods, seeds, generations, data, config, backend, set };
  return commandLine("muir compare", given);
}
