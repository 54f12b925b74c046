/** What belongs to a layer, under the layer's name: `kernel` of `dense1` as `dense1.kernel`. */
export function inLayer<L extends string, N extends string, T>(
  layer: L,
  parts: Readonly<Record<N, T>>,
): Record<`${L}.${N}`, T> {
  const named = Object.entries(parts).map(([name, part]) => [`${layer}.${name}`, part]);
  return Object.fromEntries(named) as Record<`${L}.${N}`, T>;
}

/** The parts of a layer by their own names: `dense1.kernel` as `kernel`. The inverse of {@link inLayer}. */
export function ofLayer<T>(
  named: Readonly<Record<string, T>>,
  layer: string,
): Readonly<Record<string, T>> {
  const prefix = `${layer}.`;
  const parts = Object.entries(named).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(parts.map(([name, part]) => [name.slice(prefix.length), part]));
}
