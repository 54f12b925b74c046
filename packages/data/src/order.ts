/** 0, 1, …, size - 1. */
export function naturalOrder(size: number): Int32Array {
  return Int32Array.from({ length: size }, (_, i) => i);
}

/** 0, 1, …, size - 1 in an order drawn from `random`, each order equally likely (Fisher-Yates). */
export function shuffledOrder(size: number, random: () => number): Int32Array {
  const order = naturalOrder(size);
  for (let last = size - 1; last > 0; last--) {
    const pick = Math.floor(random() * (last + 1));
    const kept = order[last]!;
    order[last] = order[pick]!;
    order[pick] = kept;
  }
  return order;
}
