import { addScaled } from "./add-scaled";
import { multiplyAdd } from "./multiply-add";

/**
 * B_l = sum_t beliefs[t] sum_c z_l[c] H[moduleOf[t], c] over the terms t of location l.
 *
 * A term is a candidate of a location. Those of location l are the ones from ends[l-1] (0 for l = 0)
 * up to ends[l], so a location with one candidate costs one.
 * H is [K, max(c, 1), size], z is [L, c], B is [L, size]; moduleOf (int32) and beliefs are [terms],
 * ends is int32 [L]. With c = 0 each context counts as the number 1. B overlaps nothing. The
 * blocks from `begin` to `end` are overwritten.
 */
export function generateBlocks(
  modules: usize,
  contexts: usize,
  moduleOf: usize,
  beliefs: usize,
  ends: usize,
  blocks: usize,
  contextSize: usize,
  size: usize,
  begin: usize,
  end: usize,
  _scratch: usize,
): void {
  const blockBytes = size << 2;
  const moduleBytes = max<usize>(contextSize, 1) * blockBytes;
  let term: usize = begin === 0 ? 0 : load<u32>(ends + ((begin - 1) << 2));
  blocks += begin * blockBytes;
  contexts += (begin * contextSize) << 2;
  for (let l = begin; l < end; l++) {
    memory.fill(blocks, 0, blockBytes);
    const termsEnd = load<u32>(ends + (l << 2)) as usize;
    for (; term < termsEnd; term++) {
      let source = modules + (load<u32>(moduleOf + (term << 2)) as usize) * moduleBytes;
      const belief = load<f32>(beliefs + (term << 2));
      let c: usize = 0;
      for (; c + 4 <= contextSize; c += 4) {
        addFourScaled(blocks, source, size, contexts + (c << 2), belief);
        source += blockBytes << 2;
      }
      for (; c < contextSize; c++) {
        addScaled(blocks, source, size, belief * load<f32>(contexts + (c << 2)));
        source += blockBytes;
      }
      if (contextSize === 0) addScaled(blocks, source, size, belief);
    }
    blocks += blockBytes;
    contexts += contextSize << 2;
  }
}

/** T += sum of four consecutive rows of S, each times `scale` and its factor: one pass over T. */
function addFourScaled(
  target: usize,
  source: usize,
  count: usize,
  factors: usize,
  scale: f32,
): void {
  const step = count << 2;
  const scale0 = scale * load<f32>(factors);
  const scale1 = scale * load<f32>(factors, 4);
  const scale2 = scale * load<f32>(factors, 8);
  const scale3 = scale * load<f32>(factors, 12);
  const row1 = source + step;
  const row2 = row1 + step;
  const row3 = row2 + step;
  const scales0 = f32x4.splat(scale0);
  const scales1 = f32x4.splat(scale1);
  const scales2 = f32x4.splat(scale2);
  const scales3 = f32x4.splat(scale3);
  const vectorEnd = (count & ~3) << 2;
  let at: usize = 0;
  for (; at < vectorEnd; at += 16) {
    let sum = multiplyAdd(scales0, v128.load(source + at), v128.load(target + at));
    sum = multiplyAdd(scales1, v128.load(row1 + at), sum);
    sum = multiplyAdd(scales2, v128.load(row2 + at), sum);
    v128.store(target + at, multiplyAdd(scales3, v128.load(row3 + at), sum));
  }
  for (; at < step; at += 4) {
    let sum = load<f32>(target + at) + scale0 * load<f32>(source + at);
    sum += scale1 * load<f32>(row1 + at) + scale2 * load<f32>(row2 + at);
    store<f32>(target + at, sum + scale3 * load<f32>(row3 + at));
  }
}
