/**
 * Checks that there is an id for each row of x, which TensorFlow.js leaves to its kernels.
 *
 * @throws {RangeError} naming both shapes.
 */
export function checkSegmentIds(
  { shape }: { readonly shape: readonly number[] },
  segmentIds: { readonly shape: readonly number[] },
): void {
  if (segmentIds.shape.length === 1 && segmentIds.shape[0] === shape[0]) return;
  throw new RangeError(
    `unsortedSegmentSum: segmentIds must have an id for each of the ${shape[0]} rows of x, [${shape}]; got [${segmentIds.shape}].`,
  );
}
