import { join } from "node:path";
import type { CrossModalConfig } from "../cross-modal/cross-modal-config.js";
import type { Job } from "./job.js";

/** Which tasks are trained together, and how. */
export const ARRANGEMENTS = ["alone", "itself", "pairs", "together"] as const;
export type Arrangement = (typeof ARRANGEMENTS)[number];

/** The runs of some tasks in one arrangement, one for each seed. */
export interface Team {
  readonly arrangement: Arrangement;
  readonly tasks: readonly string[];
  readonly jobs: readonly Job<CrossModalConfig>[];
}

/** What a plan is made for. */
export interface PlanOptions {
  readonly arrangements: readonly Arrangement[];
  readonly tasks: readonly string[];
  readonly seeds: readonly number[];
  readonly out: string;
  configOf(given: { tasks: string; method: string; seed: number }): CrossModalConfig;
}

/**
 * All runs of a comparison (Table 3 of the paper): each task `alone`, as its plain network; sharing modules within
 * `itself`; with each other task, in `pairs`; all `together`.
 */
export function crossModalPlan({ arrangements, tasks, ...options }: PlanOptions): Team[] {
  return arrangements.flatMap((arrangement) =>
    teamsOf(arrangement, tasks).map((team) => {
      const method = arrangement === "alone" ? "stl" : "muir";
      const jobs = options.seeds.map((seed) => ({
        config: options.configOf({ tasks: team.join(","), method, seed }),
        out: join(options.out, `${arrangement}-${team.join("-")}`, `seed${seed}`),
      }));
      return { arrangement, tasks: team, jobs };
    }),
  );
}

function teamsOf(arrangement: Arrangement, tasks: readonly string[]): (readonly string[])[] {
  if (arrangement === "together") return [tasks];
  if (arrangement !== "pairs") return tasks.map((task) => [task]);
  if (tasks.length < 3) return []; // the only pair is all of them together
  return tasks.flatMap((first, i) => tasks.slice(i + 1).map((second) => [first, second]));
}
