/** Flags of Node that say what this process runs or how it is watched, and not how programs are run. */
const own = [
  /^(-e|--eval|-p|--print|-pe|-i|--interactive|-c|--check|--input-type)(=|$)/,
  /^--(inspect|watch|test)([-=]|$)/,
];
/** Those whose value is a word of its own. */
const withValue =
  /^(-e|--eval|-p|--print|-pe|--input-type|--inspect-port|--watch-path|--test-(name-pattern|skip-pattern|reporter|reporter-destination|concurrency|shard|timeout|coverage-\w+))$/;

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
    (word, i) => !own.some((flag) => flag.test(word)) && !withValue.test(execArgv[i - 1] ?? ""),
  );
}
