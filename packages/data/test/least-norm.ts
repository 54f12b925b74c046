/** The shortest w with X w = y, for X with fewer rows than columns: Xᵀ (X Xᵀ)⁻¹ y. */
export function leastNorm(x: number[][], y: number[]): number[] {
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const rows = x.map((row, i) => [...x.map((other) => dot(row, other)), y[i]!]);
  // Gauss-Jordan on [X Xᵀ | y]; a positive definite matrix needs no pivoting
  for (const [k, pivot] of rows.entries()) {
    for (const [i, row] of rows.entries()) {
      if (i === k) continue;
      const factor = row[k]! / pivot[k]!;
      for (let j = k; j < row.length; j++) row[j]! -= factor * pivot[j]!;
    }
  }
  const multipliers = rows.map((row, i) => row.at(-1)! / row[i]!);
  return x[0]!.map((_, j) =>
    dot(
      multipliers,
      x.map((row) => row[j]!),
    ),
  );
}
