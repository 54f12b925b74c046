import { type Draft, isMap } from "../config/draft.js";
import { listOf } from "../config/list-of.js";

/**
 * Leaves only the tasks that `--tasks` names in a draft, in that order; without the flag, the `usual` ones.
 *
 * @throws {UsageError} naming the first that is not known.
 */
export function selectTasks(
  draft: Draft,
  { flag, usual }: { flag: string | undefined; usual: readonly string[] },
): void {
  const tasks = draft["tasks"];
  if (!isMap(tasks)) return; // the schema says what is wrong with it
  const names = flag === undefined ? usual : listOf(flag, Object.keys(tasks), "--tasks");
  draft["tasks"] = Object.fromEntries(names.map((name) => [name, tasks[name]]));
}
