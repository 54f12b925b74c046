import { createRandom } from "@muir/random";
import { type PairedDifference, pairedDifference, type RunSummary } from "@muir/report";
import type { Team, WayName } from "./cross-modal-plan.js";
import { finishedSummary } from "./job.js";

/** One task trained in one way, over all seeds. */
export interface CrossModalRow {
  readonly task: string;
  readonly way: WayName;
  /** The tasks it was trained with. */
  readonly others: readonly string[];
  readonly metric: string;
  readonly better: "lower" | "higher";
  /** On the test split, one for each seed; NaN where the run did not end. */
  readonly values: readonly number[];
  /** Against the same task alone, seed by seed; null where that was not run. */
  readonly difference: PairedDifference | null;
  /** Whether no other way has a better mean. */
  readonly best: boolean;
  /** Trainable numbers of all tasks of the run as deployed, mean over seeds. */
  readonly parameters: number;
  /** Of the whole run, mean over seeds. */
  readonly wallSeconds: number;
}

/** Brings a comparison's runs together: for each task, a row for each way it was trained in. */
export function crossModalRows(teams: readonly Team[]): CrossModalRow[] {
  const tasks = [...new Set(teams.flatMap((team) => team.tasks))];
  return tasks.flatMap((task) => {
    const own = teams
      .filter((team) => team.tasks.includes(task))
      .map((team) => rowOf(task, team, team.jobs.map(finishedSummary)));
    const alone = own.find(({ way }) => way === "alone");
    const best = bestOf(own);
    return own.map((row) => ({
      ...row,
      difference: alone && row !== alone ? differenceOf(row, alone) : null,
      best: row === best,
    }));
  });
}

type Row = Omit<CrossModalRow, "difference" | "best">;

function rowOf(task: string, team: Team, summaries: readonly (RunSummary | null)[]): Row {
  const found = summaries.filter((summary) => summary !== null);
  const { metric = "–", better = "lower" } = found[0]?.tasks[task] ?? {};
  return {
    task,
    way: team.way,
    others: team.tasks.filter((other) => other !== task),
    metric,
    better,
    values: summaries.map((summary) => summary?.tasks[task]?.test ?? Number.NaN),
    parameters: mean(found.map(({ parameters }) => parameters)),
    wallSeconds: mean(found.map(({ wallSeconds }) => wallSeconds)),
  };
}

/** The bootstrap's draws are always the same, so that a table can be had again. */
function differenceOf({ values }: Row, alone: Row): PairedDifference {
  return pairedDifference(values, alone.values, { random: createRandom(1).split("bootstrap") });
}

function bestOf(rows: readonly Row[]): Row | undefined {
  const sign = rows[0]?.better === "higher" ? -1 : 1;
  const finished = rows.filter(({ values }) => values.every(Number.isFinite));
  return [...finished].sort((a, b) => sign * (mean(a.values) - mean(b.values)))[0];
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
