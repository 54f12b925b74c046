import { CheckpointError } from "./checkpoint-error.js";

/** The file with a checksum for each other file, in the form that `sha256sum --check` reads. */
export const CHECKSUMS = "SHA256SUMS";

/** One line a file: its SHA-256 in hexadecimal, two spaces, its name. */
export function formatChecksums(sums: Readonly<Record<string, string>>): string {
  return Object.entries(sums)
    .map(([name, sum]) => `${sum}  ${name}\n`)
    .join("");
}

/**
 * Reads what {@link formatChecksums} wrote.
 *
 * @throws {CheckpointError} if a line has another form, or a name leads out of the folder.
 */
export function parseChecksums(text: string): Record<string, string> {
  const lines = text.split("\n");
  if (lines.pop() !== "") throw new CheckpointError(`${CHECKSUMS} must end with a line's end.`);
  return Object.fromEntries(
    lines.map((line, i) => {
      const [, sum, name] = /^([0-9a-f]{64}) {2}([\w-]+(?:\.[\w-]+)*)$/.exec(line) ?? [];
      if (sum === undefined || name === undefined) {
        throw new CheckpointError(
          `${CHECKSUMS} must hold a checksum and a name; line ${i + 1} does not.`,
        );
      }
      return [name, sum];
    }),
  );
}
