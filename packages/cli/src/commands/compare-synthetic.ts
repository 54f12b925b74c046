import { relative } from "node:path";
import { comparisonChart, comparisonPage } from "@muir/report";
import { commandLine } from "../compare/command-line.js";
import { againstAlone, type Compared, compared, withStatistics } from "../compare/comparison.js";
import {
  comparisonCells,
  comparisonFigures,
  comparisonTable,
} from "../compare/comparison-table.js";
import { checkJob, finishedSummary } from "../compare/job.js";
import {
  type SyntheticPlanFlags,
  type SyntheticRow,
  syntheticPlan,
} from "../compare/synthetic-plan.js";
import { csvRecords, latexTable, markdownTable } from "../compare/table-formats.js";
import { workOff } from "../compare/work-off.js";
import { writeFiles } from "../compare/write-files.js";
import { checkOutFolder } from "../run/check-out-folder.js";
import { prepareSynthetic } from "../run/prepare-synthetic.js";
import { startBackend } from "../run/start-backend.js";
import { shownPath } from "../terminal/shown-path.js";
import { stopCode } from "../terminal/stop-signal.js";

/** The flags of `muir compare`, for the synthetic experiment. */
export interface CompareFlags extends SyntheticPlanFlags {
  readonly jobs?: number;
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
  const plan = syntheticPlan(flags);
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

/** Finds what is wrong once and here, before anything is written, and not in every run. */
async function checkPlan(
  plan: readonly SyntheticRow[],
  { out, force }: CompareFlags,
): Promise<void> {
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
