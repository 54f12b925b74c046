import { join } from "node:path";
import type { CrossModalConfig } from "../cross-modal/cross-modal-config.js";
import type { Job } from "./job.js";

type Teams = "each" | "pairs" | "all";

/** Who is trained together, and how. */
interface Way {
  readonly teams: Teams;
  readonly method: CrossModalConfig["method"];
  /** Of the training, what is not as the configuration says. */
  readonly set?: readonly string[];
  /** In tables, after the task. */
  readonly says: string;
}

/** Contexts without which there is nothing to scale. */
const withoutContexts = ["training.moduleDeviation=null", "training.contextLearningRate=null"];
const ofSize = (c: number, more: readonly string[] = []): Way => ({
  ...{ teams: "all", method: "muir", set: [`training.contextSize=${c}`, ...more] },
  says: `muir, c = ${c}`,
});

/** What can be compared, by the name it has in `--methods`. */
export const WAYS = {
  alone: { teams: "each", method: "stl", says: "alone" },
  itself: { teams: "each", method: "muir", says: "muir, by itself" },
  pairs: { teams: "pairs", method: "muir", says: "muir" },
  together: { teams: "all", method: "muir", says: "muir" },
  classical: { teams: "all", method: "classical", says: "classical sharing" },
  adapters: { teams: "all", method: "adapters", says: "parallel adapters" },
  hierarchical: { teams: "all", method: "hierarchical", says: "muir, hierarchical start" },
  random: { teams: "all", method: "random", says: "random selection" },
  c0: ofSize(0, withoutContexts),
  c1: ofSize(1),
  c2: ofSize(2),
  c4: ofSize(4),
  c8: ofSize(8),
} as const satisfies Record<string, Way>;

export type WayName = keyof typeof WAYS;
export const WAY_NAMES = Object.keys(WAYS) as readonly WayName[];

/** The paper's tables, as what they compare. */
export const TABLES = {
  table3: ["alone", "itself", "pairs", "together"],
  table6: ["alone", "classical", "adapters", "hierarchical", "together"],
  table7: ["alone", "c0", "c1", "c2", "c4", "c8"],
} as const satisfies Record<string, readonly WayName[]>;

/** The runs of some tasks in one way, one for each seed. */
export interface Team {
  readonly way: WayName;
  readonly tasks: readonly string[];
  readonly jobs: readonly Job<CrossModalConfig>[];
}

/** What a plan is made for. */
export interface PlanOptions {
  readonly ways: readonly WayName[];
  readonly tasks: readonly string[];
  readonly seeds: readonly number[];
  readonly out: string;
  configOf(given: {
    tasks: string;
    method: string;
    seed: number;
    set: readonly string[];
  }): CrossModalConfig;
}

/** All runs of a comparison; of two tasks there are no pairs, since that is all of them together. */
export function crossModalPlan({ ways, tasks, seeds, out, configOf }: PlanOptions): Team[] {
  return ways.flatMap((way) => {
    const { teams, method, set = [] }: Way = WAYS[way];
    return teamsOf(teams, tasks).map((team) => ({
      way,
      tasks: team,
      jobs: seeds.map((seed) => ({
        config: configOf({ tasks: team.join(","), method, seed, set }),
        out: join(out, `${way}-${team.join("-")}`, `seed${seed}`),
      })),
    }));
  });
}

function teamsOf(teams: Teams, tasks: readonly string[]): (readonly string[])[] {
  if (teams === "all") return [tasks];
  if (teams === "each") return tasks.map((task) => [task]);
  if (tasks.length < 3) return [];
  return tasks.flatMap((first, i) => tasks.slice(i + 1).map((second) => [first, second]));
}
