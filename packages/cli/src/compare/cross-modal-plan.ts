import { join } from "node:path";
import { isDeepStrictEqual as isEqual } from "node:util";
import type { CrossModalConfig } from "../cross-modal/cross-modal-config.js";
import type { Job } from "./job.js";
import type { Variation } from "./variation.js";

type Teams = "each" | "pairs" | "all";

/** Who is trained together, and how. */
interface Way {
  readonly teams: Teams;
  readonly method: CrossModalConfig["method"];
  /** Of the training, what is not as the configuration says. */
  readonly set?: readonly string[];
  /** In tables, after the task. */
  readonly says: string;
  /** Whether tables name the other tasks. */
  readonly namesOthers?: boolean;
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
  pairs: { teams: "pairs", method: "muir", says: "muir", namesOthers: true },
  together: { teams: "all", method: "muir", says: "muir", namesOthers: true },
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
  /** Its name: one of {@link WAYS}, or a setting with its value, `lambda=2`. */
  readonly way: string;
  /** In tables, after the task. */
  readonly says: string;
  readonly namesOthers: boolean;
  readonly tasks: readonly string[];
  readonly jobs: readonly Job<CrossModalConfig>[];
}

/** What a plan is made for. */
export interface PlanOptions {
  readonly ways: readonly WayName[];
  /** Settings of which every value is a row more. */
  readonly variations?: readonly Variation[];
  readonly tasks: readonly string[];
  readonly seeds: readonly number[];
  readonly out: string;
  configOf(given: Given): CrossModalConfig;
}

/** Of one run, what its place in the plan decides. */
interface Given {
  readonly tasks: string;
  readonly method: string;
  readonly seed: number;
  readonly set: readonly string[];
}

/**
 * All runs of a comparison; of two tasks there are no pairs, since that is all of them together. Teams that
 * are set alike, such as `together` and the `c4` of a preset whose c is 4, or a single task by itself and
 * together, share their runs.
 */
export function crossModalPlan(options: PlanOptions): Team[] {
  const { ways, variations = [], tasks, seeds, out, configOf } = options;
  const together = configOf({
    ...{ tasks: tasks.join(","), method: WAYS.together.method, seed: seeds[0]!, set: [] },
  });
  const teamOf = (name: string, way: Way, team: readonly string[]): Team => {
    const { method, set = [], says, namesOthers = false } = way;
    const given = { tasks: team.join(","), method, set };
    const configs = seeds.map((seed) => configOf({ ...given, seed }));
    const shared = isEqual(configs[0], together);
    const folder = join(out, `${shared ? "together" : name}-${team.join("-")}`);
    return {
      ...{ way: name, says, namesOthers, tasks: team },
      jobs: configs.map((config) => ({ config, out: join(folder, `seed${config.seed}`) })),
    };
  };
  return waysOf(ways, variations).flatMap(([name, way]) =>
    teamsOf(way.teams, tasks).map((team) => teamOf(name, way, team)),
  );
}

/** Where a setting varies, all together as it is set is one of the rows, named by what it is set to. */
function waysOf(ways: readonly WayName[], variations: readonly Variation[]): [string, Way][] {
  const named = ways.map((name): [string, Way] => [name, WAYS[name]]);
  if (variations.length === 0) return named;
  const varied = variations.flatMap(({ setting, others }) =>
    others.map(({ name, shown, value, assignment }): [string, Way] => [
      name,
      {
        ...{ teams: "all", method: "muir", says: `muir, ${setting} = ${shown}` },
        set: [assignment, ...(setting === "contextSize" && value === 0 ? withoutContexts : [])],
      },
    ]),
  );
  const own = variations.map(({ setting, own }) => `${setting} = ${own}`).join(", ");
  const asSet: [string, Way] = ["together", { teams: "all", method: "muir", says: `muir, ${own}` }];
  return [...named.filter(([name]) => name !== "together"), asSet, ...varied];
}

function teamsOf(teams: Teams, tasks: readonly string[]): (readonly string[])[] {
  if (teams === "all") return [tasks];
  if (teams === "each") return tasks.map((task) => [task]);
  if (tasks.length < 3) return [];
  return tasks.flatMap((first, i) => tasks.slice(i + 1).map((second) => [first, second]));
}
