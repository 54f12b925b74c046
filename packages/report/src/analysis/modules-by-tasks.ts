import { alignmentAfter, alignmentRows } from "../alignment-rows.js";
import type { RunRecord } from "../run-record.js";
import { locationTasks } from "./location-tasks.js";

/** Hypermodules that one set of tasks, or sets of one size, use over a run. */
export interface ModulesOfTasks {
  /** `lenet`, `lenet + lstm`; `3 to 4 tasks` where the sets are not told apart. */
  readonly label: string;
  /** The least and the most tasks that such a hypermodule serves: over 1 it is generic. */
  readonly tasks: readonly [least: number, most: number];
  /** How many hypermodules after each generation, the start first, `[rows]`. */
  readonly counts: Int32Array;
}

/** Up to so many tasks each set of them is told apart: 31 sets at most. */
const MOST_TASKS_APART = 5;

/**
 * How many hypermodules exactly these tasks use, and no others, over the generations (Fig. 3a of the
 * paper); fewer tasks first. A hypermodule in use counts once in each row, in one set.
 *
 * Of more than 5 tasks sets are told apart by their size alone, in steps of powers of two. Sets that
 * never had a hypermodule are left out. Empty where the run does not name its locations.
 *
 * @example
 * ```ts
 * modulesByTasks(record).map(({ label, counts }) => [label, counts.at(-1)]); // [["lenet", 12], …]
 * ```
 */
export function modulesByTasks(record: RunRecord): ModulesOfTasks[] {
  const tasks = locationTasks(record);
  if (tasks === undefined || tasks.of.length === 0) return [];
  const { names, of } = tasks;
  const apart = names.length <= MOST_TASKS_APART;
  const rows = alignmentRows(record);
  const found = new Map<number, Int32Array>();
  // by module: tasks seen in this row as bits, or, of many tasks, their number
  const users = new Int32Array(record.config.modules);
  const seenAt = new Int32Array(apart ? 0 : record.config.modules * names.length).fill(-1);
  for (let row = 0; row < rows; row++) {
    users.fill(0);
    alignmentAfter(record, row).forEach((module, location) => {
      const task = of[location]!;
      if (apart) {
        users[module]! |= 1 << task;
        return;
      }
      const pair = module * names.length + task;
      if (seenAt[pair] === row) return;
      seenAt[pair] = row;
      users[module]!++;
    });
    for (const user of users) {
      if (user === 0) continue;
      const set = apart ? user : powerOfTwo(user);
      const counts = found.get(set) ?? new Int32Array(rows);
      counts[row]!++;
      found.set(set, counts);
    }
  }
  return [...found]
    .map(([set, counts]) => ({ ...(apart ? setOf(set, names) : stepOf(set, names)), set, counts }))
    .sort((a, b) => a.tasks[0] - b.tasks[0] || a.set - b.set)
    .map(({ label, tasks, counts }) => ({ label, tasks, counts }));
}

function setOf(bits: number, names: readonly string[]): Omit<ModulesOfTasks, "counts"> {
  const members = names.filter((_, task) => (bits >> task) & 1);
  return { label: members.join(" + "), tasks: [members.length, members.length] };
}

/** 1, 2, 3 to 4, 5 to 8, and so on, by the largest of each. */
function stepOf(most: number, names: readonly string[]): Omit<ModulesOfTasks, "counts"> {
  const least = Math.floor(most / 2) + 1;
  const shown = Math.min(most, names.length);
  if (least >= shown)
    return { label: shown === 1 ? "1 task" : `${shown} tasks`, tasks: [least, shown] };
  return { label: `${least} to ${shown} tasks`, tasks: [least, shown] };
}

/** The smallest power of two of at least `count`. */
function powerOfTwo(count: number): number {
  return 2 ** Math.ceil(Math.log2(count));
}
