import { assignPath } from "../config/assign-path.js";
import { type Draft, isMap } from "../config/draft.js";
import { givenPreset } from "../config/given-preset.js";
import { parseConfig } from "../config/parse-config.js";
import { readConfigFile } from "../config/read-config-file.js";
import { whereGiven } from "../config/where-given.js";
import { type CrossModalConfig, crossModalSchema } from "./cross-modal-config.js";
import type { CrossModalFlags } from "./cross-modal-flags.js";
import { placeData } from "./place-data.js";
import { selectTasks } from "./select-tasks.js";
import { usualTasks, withPreset } from "./with-preset.js";

/** The command that lists all settings. */
const LISTED = "muir config schema";

/**
 * The configuration of one run: the preset, then the file, then the flags for tasks and data, then `--set`, then the
 * other flags.
 *
 * @param overrides what a command decides itself, such as the seed of each run; they come last.
 * @throws {UsageError} naming the file or flag, the setting, and what must hold.
 */
export function crossModalFrom(
  flags: CrossModalFlags,
  overrides: Pick<CrossModalFlags, "tasks" | "method" | "seed"> = {},
): CrossModalConfig {
  const given = { ...flags, ...overrides };
  const file: Draft = given.config === undefined ? {} : readConfigFile(given.config);
  const draft = withPreset(file, givenPreset(given));
  // checked alone first, so that what is wrong in the file is not blamed on a flag
  if (given.config !== undefined) {
    parseConfig(crossModalSchema, draft, {
      subject: (path) => `${given.config}: "${path}"`,
      listed: LISTED,
    });
  }
  const usual = usualTasks(file);
  selectTasks(draft, { flag: flags.tasks, usual });
  placeData(draft, given);
  // a comparison chooses among its tasks, and its flags for data are for all of them
  if (overrides.tasks !== undefined) selectTasks(draft, { flag: overrides.tasks, usual });
  for (const assignment of given.set ?? []) {
    forgetOtherKind(draft, assignment);
    assignPath(draft, assignment, { schema: crossModalSchema, listed: LISTED });
  }
  for (const flag of ["preset", "method", "seed", "backend", "threads"] as const) {
    if (given[flag] !== undefined) draft[flag] = given[flag];
  }
  if (given.generations !== undefined) {
    draft["training"] = { ...(draft["training"] as Draft), generations: given.generations };
  }
  const flagOf = (path: string) => {
    const flag = path === "training.generations" ? "generations" : path;
    return (given as Draft)[flag] === undefined ? undefined : flag;
  };
  const subject = whereGiven({ flagOf, set: given.set, config: given.config });
  return parseConfig(crossModalSchema, draft, { subject, listed: LISTED });
}

/** Another kind of network or data begins anew: sizes of the one that the preset has mean nothing to it. */
function forgetOtherKind(draft: Draft, assignment: string): void {
  const [, task, section] = /^tasks\.([^.=]+)\.(architecture|data)\.kind=/.exec(assignment) ?? [];
  const own = isMap(draft["tasks"]) && task !== undefined ? draft["tasks"][task] : undefined;
  if (isMap(own) && section !== undefined) own[section] = {};
}
