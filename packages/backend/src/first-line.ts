/** The first line of what an error says: the rest is often a stack, or a program's whole source. */
export const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0]!;
