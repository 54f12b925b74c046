import type { RunSummary, TaskComparisonRow } from "@muir/report";
import { bestRow, differenceTo } from "./against-baseline.js";
import type { Team } from "./cross-modal-plan.js";
import { finishedSummary } from "./job.js";
import { runMeans } from "./run-means.js";

/** One task trained in one way, over all seeds. */
export interface CrossModalRow extends TaskComparisonRow {
  /** What `--methods` calls it, or a setting with its value. */
  readonly way: string;
  /** The tasks it was trained with. */
  readonly others: readonly string[];
}

/** Brings a comparison's runs together: for each task, a row for each way it was trained in. */
export function crossModalRows(teams: readonly Team[]): CrossModalRow[] {
  const tasks = [...new Set(teams.flatMap((team) => team.tasks))];
  // a run's files are large, and a run of several tasks is in a row of each
  const found = new Map(teams.map((team) => [team, team.jobs.map(finishedSummary)]));
  return tasks.flatMap((task) => {
    const own = teams
      .filter((team) => team.tasks.includes(task))
      .map((team) => rowOf(task, team, found.get(team)!));
    const alone = own.find(({ way }) => way === "alone");
    const best = bestRow(own, own.find(({ metric }) => metric !== "–")?.better);
    return own.map((row) => ({
      ...row,
      difference: differenceTo(alone, row),
      best: row === best,
    }));
  });
}

type Row = Omit<CrossModalRow, "difference" | "best">;

function rowOf(task: string, team: Team, summaries: readonly (RunSummary | null)[]): Row {
  const found = summaries.filter((summary) => summary !== null);
  const { metric = "–", better = "lower" } = found[0]?.tasks[task] ?? {};
  const others = team.tasks.filter((other) => other !== task);
  return {
    task,
    way: team.way,
    others,
    trained:
      team.namesOthers && others.length > 0 ? `${team.says}, with ${others.join(", ")}` : team.says,
    metric,
    better,
    values: summaries.map((summary) => summary?.tasks[task]?.test ?? Number.NaN),
    ...runMeans(found),
  };
}
