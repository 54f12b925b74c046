/** Rows of cells as lines of text: each column as wide as its widest cell, two spaces between. */
export function alignColumns(
  rows: readonly (readonly string[])[],
  { right }: { right: ReadonlySet<number> },
): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        right.has(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
      )
      .join("  ")
      .trimEnd();
  return rows.map(line).join("\n");
}
