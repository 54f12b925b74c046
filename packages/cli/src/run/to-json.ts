/**
 * JSON for what a run measured. Losses are float32: seven digits say all there is.
 *
 * @throws {RangeError} if a number is not finite, which JSON would turn into null.
 */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, plainNumber, indent);
}

function plainNumber(key: string, value: unknown): unknown {
  if (typeof value !== "number" || Number.isInteger(value)) return value;
  if (!Number.isFinite(value)) {
    throw new RangeError(`toJson: "${key}" must be a finite number; got ${value}.`);
  }
  return Number(value.toPrecision(7));
}
