import { multiplyAdd } from "./multiply-add";

/** T += scale * S for `count` numbers. */
export function addScaled(target: usize, source: usize, count: usize, scale: f32): void {
  const scales = f32x4.splat(scale);
  const end = target + (count << 2);
  const vectorEnd = target + ((count & ~3) << 2);
  while (target < vectorEnd) {
    v128.store(target, multiplyAdd(scales, v128.load(source), v128.load(target)));
    target += 16;
    source += 16;
  }
  while (target < end) {
    store<f32>(target, scale * load<f32>(source) + load<f32>(target));
    target += 4;
    source += 4;
  }
}
