/** One of the numbers that a metric has about every batch, added up. */
export function total(batches: readonly ArrayLike<number>[], number: number): number {
  return batches.reduce((sum, numbers) => sum + numbers[number]!, 0);
}
