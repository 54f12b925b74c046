/** Flags of Node that say what this process runs or how it is watched, and not how programs are run; some have a value. */
const own =
  /^(-e|--eval|-p|--print|-pe|-i|--interactive|-c|--check|--input-type|--inspect|--watch|--test)/;
const withValue = ["-e", "--eval", "-p", "--print", "-pe", "--input-type", "--watch-path"];

/**
 * What of `process.execArgv` goes to programs that this one starts with the same Node: loaders, conditions and
 * limits. A program that was given by `--eval` must not be run in their place, again and again.
 *
 * @example
 * ```ts
 * childFlags(["--import", "tsx", "-e", "main()"]); // ["--import", "tsx"]
 * ```
 */
export function childFlags(execArgv: readonly string[]): string[] {
  return execArgv.filter(
    (word, i) => !own.test(word) && !withValue.includes(execArgv[i - 1] ?? ""),
  );
}
