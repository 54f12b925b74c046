import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { crossModalPlan, TABLES, type Team, WAY_NAMES } from "../compare/cross-modal-plan.js";
import { type CrossModalRow, crossModalRows } from "../compare/cross-modal-rows.js";
import { crossModalCells, crossModalTable } from "../compare/cross-modal-table.js";
import { checkJob } from "../compare/job.js";
import { csvTable, latexTable, markdownTable } from "../compare/table-formats.js";
import { workOff } from "../compare/work-off.js";
import { listOf } from "../config/list-of.js";
import { seedRange } from "../config/seed-range.js";
import type { CrossModalFlags } from "../cross-modal/cross-modal-flags.js";
import { crossModalFrom } from "../cross-modal/cross-modal-from.js";
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
 * @param table of the paper, whose methods are compared; otherwise those of `--methods`.
 * @returns the exit code: 0, 3 when a run failed, or 130 when Ctrl-C stopped it.
 */
export async function compareCrossModalCommand(
  flags: CompareCrossModalFlags,
  stopSignal: () => AbortSignal,
  table?: keyof typeof TABLES,
): Promise<number> {
  const teams = crossModalPlan({
    ways: table === undefined ? listOf(flags.methods, WAY_NAMES, "--methods") : TABLES[table],
    tasks: Object.keys(crossModalFrom(flags).tasks),
    seeds: seedRange(flags.seeds),
    out: flags.out,
    configOf: ({ set, ...given }) =>
      crossModalFrom({ ...flags, set: [...(flags.set ?? []), ...set] }, given),
  });
  await checkTeams(teams, flags);
  const jobs = teams.flatMap((team) => team.jobs);
  const signal = stopSignal();
  const failures = await workOff(jobs, {
    ...{ jobs: flags.jobs ?? 1, quiet: flags.json === true, signal }, // a run has use for all cores
    nameOf: ({ out }) => relative(flags.out, out).replace("/seed", " seed "),
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
  for (const { jobs } of teams.filter(firstOfItsWay)) {
    const run = await prepareCrossModal(jobs[0]!.config);
    run.training.dispose();
    run.dispose?.();
  }
}

const firstOfItsWay = ({ way }: Team, i: number, teams: readonly Team[]) =>
  teams.findIndex((team) => team.way === way) === i;

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
