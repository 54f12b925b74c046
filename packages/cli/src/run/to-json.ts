/**
 * JSON for what a run measured. Losses are float32: seven digits say all there is.
 *
 * A metric may be no finite number where the loss is one: the correlation of outputs that are all the same, a
 * perplexity beyond what a number holds. JSON has no word for these but null, which readers take for NaN.
 */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, plainNumber, indent);
}

function plainNumber(_: string, value: unknown): unknown {
  if (typeof value !== "number" || Number.isInteger(value)) return value;
  return Number.isFinite(value) ? Number(value.toPrecision(7)) : null;
}
