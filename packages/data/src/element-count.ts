/** Numbers in an array of this shape: 1 for rank 0, 0 as soon as one axis is empty. */
export function elementCount(shape: readonly number[]): number {
  // an empty axis first: a product of huge axes may reach Infinity, and Infinity * 0 is NaN
  return shape.includes(0) ? 0 : shape.reduce((product, size) => product * size, 1);
}
