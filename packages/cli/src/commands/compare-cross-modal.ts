import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ARRANGEMENTS, crossModalPlan, type Team } from "../compare/cross-modal-plan.js";
import { type CrossModalRow, crossModalRows } from "../compare/cross-modal-rows.js";
import { crossModalCells, crossModalTable } from "../compare/cross-modal-table.js";
import { checkJob } from "../compare/job.js";
import { csvTable, latexTable, markdownTable } from "../compare/table-formats.js";
import { workOff } from "../compare/work-off.js";
import { listOf } from "../config/list-of.js";
import { seedRange } from "../config/seed-range.js";
import { type CrossModalFlags, crossModalFrom } from "../cross-modal/cross-modal-from.js";
import { prepareCrossModal } from "../cross-modal/prepare-cross-modal.js";
import { checkOutFolder } from "../run/check-out-folder.js";
import { startBackend } from "../run/start-backend.js";
import { shownPath } from "../terminal/shown-path.js";

/** The flags of `muir compare cross-modal`. */
export interface CompareCrossModalFlags extends CrossModalFlags {
  readonly methods: string;
  readonly seeds: string;
  readonly jobs?: number;
  readonly out: string;
  readonly json?: boolean;
  readonly force?: boolean;
}

/**
 * `muir compare cross-modal`: tasks alone and together over several seeds; finished runs are kept.
 *
 * @returns the exit code: 0, 3 when a run failed, or 130 when Ctrl-C stopped it.
 */
export async function compareCrossModalCommand(
  flags: CompareCrossModalFlags,
  stopSignal: () => AbortSignal,
): Promise<number> {
  const teams = crossModalPlan({
    arrangements: listOf(flags.methods, ARRANGEMENTS, "--methods"),
    tasks: Object.keys(crossModalFrom(flags).tasks),
    seeds: seedRange(flags.seeds),
    out: flags.out,
    configOf: (given) => crossModalFrom(flags, given),
  });
  await checkTeams(teams, flags);
  const jobs = teams.flatMap((team) => team.jobs);
  const signal = stopSignal();
  const failures = await workOff(jobs, {
    ...{ jobs: flags.jobs ?? 1, quiet: flags.json === true, signal }, // a run has use for all cores
    nameOf: ({ config: { method, seed, tasks } }) =>
      `${Object.keys(tasks).join(", ")} ${method} seed ${seed}`,
  });
  const rows = crossModalRows(teams);
  const written = writeRows(rows, flags.out);
  console.log(flags.json ? JSON.stringify(rows, null, 2) : crossModalTable(rows));
  if (!flags.json) console.log(`\n${written.map(shownPath).join("\n")}`);
  if (signal.aborted) return 130;
  return failures === 0 ? 0 : 3;
}

/** Finds what is wrong once and here, before anything is written, and not in every run. */
async function checkTeams(
  teams: readonly Team[],
  { out, force }: CompareCrossModalFlags,
): Promise<void> {
  checkOutFolder(out);
  const jobs = teams.flatMap((team) => team.jobs);
  for (const job of jobs) checkJob(job, { force: force === true });
  await startBackend(jobs[0]!.config);
  const largest = teams.reduce((a, b) => (b.tasks.length > a.tasks.length ? b : a));
  const run = await prepareCrossModal(largest.jobs[0]!.config);
  run.training.dispose();
  run.dispose?.();
}

function writeRows(rows: readonly CrossModalRow[], out: string): string[] {
  mkdirSync(out, { recursive: true });
  const cells = crossModalCells(rows);
  const files = {
    "comparison.txt": `${crossModalTable(rows)}\n`,
    "comparison.md": markdownTable(cells),
    "comparison.csv": csvTable(cells),
    "comparison.tex": latexTable(cells),
    "comparison.json": `${JSON.stringify(rows, null, 2)}\n`,
  };
  return Object.entries(files).map(([name, content]) => {
    const path = join(out, name);
    writeFileSync(path, content);
    return path;
  });
}
