/** The first i >= 0 with start + i stride >= 0. */
export function firstInside(start: isize, stride: isize): usize {
  return start >= 0 ? 0 : (((stride - 1 - start) / stride) as usize);
}

/** The end of the i < count with start + i stride < size. */
export function endInside(start: isize, stride: isize, size: isize, count: usize): usize {
  if (start >= size) return 0;
  return min<usize>((((size - 1 - start) / stride) as usize) + 1, count);
}
