/** Rows of cells, the head first, as a Markdown table. */
export function markdownTable(cells: readonly (readonly string[])[]): string {
  const line = (row: readonly string[]) =>
    `| ${row.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const [head = [], ...rows] = cells;
  return [line(head), line(head.map(() => "---")), ...rows.map(line), ""].join("\n");
}

/** Rows of cells as CSV (RFC 4180), lines ended as in Unix. */
export function csvTable(cells: readonly (readonly string[])[]): string {
  const field = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return cells.map((row) => `${row.map(field).join(",")}\n`).join("");
}

/** Rows of cells, the head first, as a LaTeX tabular; marked cells are bold. */
export function latexTable(cells: readonly (readonly string[])[]): string {
  const [head = [], ...rows] = cells;
  const cell = (text: string) => {
    const plain = text
      .replace(/ \*$/, "")
      .replaceAll(/[%&_#$]/g, "\\$&")
      .replaceAll("±", "$\\pm$")
      .replaceAll("–", "--");
    return text.endsWith(" *") ? `\\textbf{${plain}}` : plain;
  };
  const line = (row: readonly string[]) => `${row.map(cell).join(" & ")} \\\\`;
  return [
    `\\begin{tabular}{${"l".repeat(head.length)}}`,
    "\\hline",
    line(head),
    "\\hline",
    ...rows.map(line),
    "\\hline",
    "\\end{tabular}",
    "",
  ].join("\n");
}
