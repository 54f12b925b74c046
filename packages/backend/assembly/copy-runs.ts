/** Runs of up to this many bytes are copied here: a call of memory.copy costs more. */
const SHORT_RUN: usize = 32;

/**
 * T[i, j] = S[i, j] for runs of `runBytes` that lie side by side in T and, in S, `outerStep` bytes
 * apart along i and `innerStep` along j. T is [outer, inner, run] and overlaps no S.
 */
export function copyRuns(
  source: usize,
  target: usize,
  outer: usize,
  outerStep: usize,
  inner: usize,
  innerStep: usize,
  runBytes: usize,
): void {
  for (let i: usize = 0; i < outer; i++) {
    let from = source + i * outerStep;
    for (let j: usize = 0; j < inner; j++) {
      if (runBytes > SHORT_RUN) memory.copy(target, from, runBytes);
      else copyShort(from, target, runBytes);
      from += innerStep;
      target += runBytes;
    }
  }
}

function copyShort(source: usize, target: usize, bytes: usize): void {
  let at: usize = 0;
  for (; at + 4 <= bytes; at += 4) store<i32>(target + at, load<i32>(source + at));
  for (; at < bytes; at++) store<u8>(target + at, load<u8>(source + at));
}
