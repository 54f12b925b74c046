/**
 * Writes the softmax of the `into.length` logits that start at `first`.
 *
 * Exponentials are taken twice rather than kept in `into`, which may have fewer digits than they.
 */
export function softmax(
  logits: Float32Array,
  first: number,
  into: Float32Array | Float64Array,
): void {
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < into.length; i++) largest = Math.max(largest, logits[first + i]!);
  let sum = 0;
  for (let i = 0; i < into.length; i++) sum += Math.exp(logits[first + i]! - largest);
  for (let i = 0; i < into.length; i++) into[i] = Math.exp(logits[first + i]! - largest) / sum;
}
