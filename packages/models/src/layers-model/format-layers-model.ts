import type { LayersModelArchitecture } from "./layers-model-architecture.js";

/**
 * What becomes of each weight of a model, as a table for people: what can be shared, what is private or
 * state, and why; then what is not carried over.
 *
 * @example
 * ```ts
 * console.log(formatLayersModel(fromLayersModel(model)));
 * // classifier: 1 of 4 weights shared, 12 of 23 numbers
 * //
 * // weight         shape   layer  use      why
 * // hidden.kernel  [4, 3]  Dense  shared   read as dense
 * // hidden.bias    [3]     Dense  private  no matrix
 * // logits.kernel  [3, 2]  Dense  private  excluded
 * // logits.bias    [2]     Dense  private  no matrix
 * ```
 */
export function formatLayersModel({ name, weights, notes }: LayersModelArchitecture): string {
  const shared = weights.filter(({ use }) => use === "shared");
  const headline = `${name}: ${shared.length} of ${weights.length} weights shared, ${numbers(shared)} of ${numbers(weights)} numbers`;
  const rows = weights.map(({ name, shape, type, use, why }) => [
    name,
    `[${shape.join(", ")}]`,
    type,
    use,
    why,
  ]);
  const table = aligned([["weight", "shape", "layer", "use", "why"], ...rows]);
  return [headline, table, notes.join("\n")].filter((part) => part !== "").join("\n\n");
}

function numbers(weights: LayersModelArchitecture["weights"]): string {
  const sizes = weights.map(({ shape }) => shape.reduce((product, side) => product * side, 1));
  return sizes.reduce((sum, size) => sum + size, 0).toLocaleString("en-US");
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
