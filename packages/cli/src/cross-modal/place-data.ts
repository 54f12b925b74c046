import { type Draft, isMap } from "../config/draft.js";
import { UsageError } from "../usage-error.js";
import type { CrossModalFlags } from "./cross-modal-flags.js";
import type { DataConfig } from "./data-config.js";

/** The kind of data that each flag gives a path of. */
const KINDS: Readonly<Record<`data.${"cifar10" | "wikitext2" | "crispr"}`, DataConfig["kind"]>> = {
  "data.cifar10": "images",
  "data.wikitext2": "text",
  "data.crispr": "sequences",
};

/**
 * Gives the tasks of a draft the data that the flags name: `--data.cifar10` all tasks that learn from images, and so on.
 *
 * @throws {UsageError} if there is no such task.
 */
export function placeData(draft: Draft, flags: CrossModalFlags): void {
  const tasks = isMap(draft["tasks"]) ? draft["tasks"] : {};
  for (const [flag, kind] of Object.entries(KINDS)) {
    const path = flags[flag as keyof typeof KINDS];
    if (path === undefined) continue;
    const own = Object.values(tasks)
      .map((task) => (isMap(task) ? task["data"] : undefined))
      .filter((data) => isMap(data) && data["kind"] === kind) as Draft[];
    if (own.length === 0) {
      throw new UsageError(
        `--${flag}: must go with a task that learns from ${kind}; got ${Object.keys(tasks).join(", ")}. Leave it away, or add such a task.`,
      );
    }
    for (const data of own) data["path"] = path;
  }
}
