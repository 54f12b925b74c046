import type { Subject } from "./parse-config.js";

/** What may have given a setting, beside the defaults. */
export interface GivenBy {
  /** The flag that sets a path, without its dashes, if it was given. */
  flagOf(path: string): string | undefined;
  readonly set: readonly string[] | undefined;
  readonly config: string | undefined;
}

/** Begins messages with the flag that set a path, or else the file. */
export function whereGiven({ flagOf, set = [], config }: GivenBy): Subject {
  const names = set.map((assignment) => assignment.split("=")[0]);
  return (path) => {
    const flag = flagOf(path);
    if (flag !== undefined) return `--${flag}:`;
    const bySet = names.some((name) => path === name || path.endsWith(`.${name}`));
    return bySet || config === undefined ? `--set ${path}:` : `${config}: "${path}"`;
  };
}
