import { relative } from "node:path";
import type { ComparisonMeta, RunSummary } from "@muir/report";
import { commandLine } from "../compare/command-line.js";
import { crossModalPlan, TABLES, type Team, WAY_NAMES } from "../compare/cross-modal-plan.js";
import { crossModalRows } from "../compare/cross-modal-rows.js";
import { crossModalTable } from "../compare/cross-modal-table.js";
import { checkJob, finishedSummary } from "../compare/job.js";
import { parseVariations } from "../compare/variation.js";
import { workOff } from "../compare/work-off.js";
import { writeCrossModal } from "../compare/write-cross-modal.js";
import { listOf } from "../config/list-of.js";
import { refuseDecided } from "../config/refuse-decided.js";
import { seedList } from "../config/seed-list.js";
import { type CrossModalConfig, crossModalSchema } from "../cross-modal/cross-modal-config.js";
import type { CrossModalFlags } from "../cross-modal/cross-modal-flags.js";
import { crossModalFrom } from "../cross-modal/cross-modal-from.js";
import { buildTasks, checkedTraining } from "../cross-modal/prepare-cross-modal.js";
import { checkOutFolder } from "../run/check-out-folder.js";
import { startBackend } from "../run/start-backend.js";
import { shownPath } from "../terminal/shown-path.js";
import { stopCode } from "../terminal/stop-signal.js";
import { UsageError } from "../usage-error.js";

/** The flags of `muir compare cross-modal`. */
export interface CompareCrossModalFlags extends CrossModalFlags {
  readonly methods: string;
  readonly vary?: readonly string[];
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
 * @returns the exit code: 0, 3 when a run failed, 130 when Ctrl-C stopped it, or 143 when SIGTERM did.
 */
export async function compareCrossModalCommand(
  flags: CompareCrossModalFlags,
  stopSignal: () => AbortSignal,
  table?: keyof typeof TABLES,
): Promise<number> {
  refuseDecided(flags.set, { method: table ?? "--methods", seed: "--seeds" });
  const config = crossModalFrom(flags);
  const teams = crossModalPlan({
    ways: table === undefined ? listOf(flags.methods, WAY_NAMES, "--methods") : TABLES[table],
    variations: parseVariations(flags.vary ?? [], {
      ...{ config, schema: crossModalSchema, listed: "muir config schema" },
      generations: flags.generations,
    }),
    tasks: Object.keys(config.tasks),
    seeds: seedList(flags.seeds),
    out: flags.out,
    configOf: ({ set, ...given }) =>
      crossModalFrom({ ...flags, set: [...(flags.set ?? []), ...set] }, given),
  });
  if (teams.length === 0) {
    throw new UsageError(
      `--methods pairs: must have three tasks or more to pair; got ${Object.keys(config.tasks).join(", ")}. Use together.`,
    );
  }
  await checkTeams(teams, { config, flags });
  const jobs = teams.flatMap((team) => team.jobs);
  const signal = stopSignal();
  const failures = await workOff(jobs, {
    ...{ jobs: flags.jobs ?? 1, quiet: flags.json === true, signal }, // a run has use for all cores
    nameOf: ({ out }) => relative(flags.out, out).replace("/seed", " seed "),
  });
  const rows = crossModalRows(teams);
  const written = writeCrossModal(rows, {
    ...{ out: flags.out, name: table ?? "comparison" },
    meta: metaOf(teams, flags, table),
  });
  console.log(flags.json ? JSON.stringify(rows, null, 2) : crossModalTable(rows));
  if (!flags.json) console.log(`\n${written.map(shownPath).join("\n")}`);
  if (signal.aborted) return stopCode(signal);
  return failures === 0 ? 0 : 3;
}

/** Finds what is wrong once and here, before anything is written, and not in every run; data are read once for all. */
async function checkTeams(
  teams: readonly Team[],
  { config, flags }: { config: CrossModalConfig; flags: CompareCrossModalFlags },
): Promise<void> {
  checkOutFolder(flags.out);
  const jobs = teams.flatMap((team) => team.jobs);
  for (const job of jobs) checkJob(job, { force: flags.force === true });
  const first = jobs[0]!.config;
  await startBackend(first);
  const built = await buildTasks({ ...config, seed: first.seed });
  try {
    for (const { way, tasks, jobs } of teams.filter(firstOfItsWay)) {
      const own = built.tasks.filter(({ name }) => tasks.includes(name));
      try {
        checkedTraining(jobs[0]!.config, own).dispose();
      } catch (error) {
        if (!(error instanceof UsageError) || !way.includes("=")) throw error;
        throw new UsageError(`--vary ${way}: ${error.message}`, { cause: error });
      }
    }
  } finally {
    built.dispose();
  }
}

const firstOfItsWay = ({ way }: Team, i: number, teams: readonly Team[]) =>
  teams.findIndex((team) => team.way === way) === i;

/** What the page says of how it came about; in the command only what decides the numbers. */
function metaOf(
  teams: readonly Team[],
  flags: CompareCrossModalFlags,
  table: keyof typeof TABLES | undefined,
): ComparisonMeta {
  const { config, preset, tasks, vary, seeds, generations, backend, set } = flags;
  const data = {
    "data.cifar10": flags["data.cifar10"],
    "data.wikitext2": flags["data.wikitext2"],
    "data.crispr": flags["data.crispr"],
  };
  const methods = table === undefined ? flags.methods : undefined;
  const given = { config, preset, tasks, methods, vary, seeds, generations, backend };
  const first = firstSummary(teams);
  return {
    experiment: table?.replace("table", "Table ") ?? "cross-modal",
    backend: first?.backend ?? "none",
    generations: first?.generations ?? 0,
    command: commandLine(`muir compare ${table ?? "cross-modal"}`, {
      ...given,
      ...data,
      set,
    }),
  };
}

/** Of the first run that has ended; others need not be read. */
function firstSummary(teams: readonly Team[]): RunSummary | null {
  for (const job of teams.flatMap(({ jobs }) => jobs)) {
    const summary = finishedSummary(job);
    if (summary !== null) return summary;
  }
  return null;
}
