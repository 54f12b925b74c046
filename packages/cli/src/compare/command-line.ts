/** What a flag was given: several values are several flags. */
type Given = string | number | readonly string[] | undefined;

/**
 * A command as one would type it, for pages that say how to repeat what they show.
 *
 * @param flags by name; those that were not given are left out.
 * @example
 * ```ts
 * commandLine("muir compare", { seeds: "1..3", set: ["lambda=2"] }); // muir compare --seeds 1..3 --set lambda=2
 * ```
 */
export function commandLine(command: string, flags: Readonly<Record<string, Given>>): string {
  const words = Object.entries(flags).flatMap(([name, given]) =>
    (Array.isArray(given) ? given : [given]).flatMap((value) =>
      value === undefined ? [] : [`--${name} ${quoted(String(value))}`],
    ),
  );
  return [command, ...words].join(" ");
}

/** As a shell reads it back. */
const quoted = (word: string) =>
  /^[\w./,:=+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
