import { multiplyAdd } from "./multiply-add";

/**
 * One step of Adam for the numbers from `begin` to `end`, in one pass:
 * m' = beta1 m + rest1 g, v' = beta2 v + rest2 g^2, w' = decay w - rate m' / (sqrt(correction v') + epsilon)
 *
 * where rest = 1 - beta, rate = learningRate / (1 - beta1^step), correction = 1 / (1 - beta2^step),
 * worked out in double precision by the caller. The three results overlap no input.
 */
export function adam(
  parameter: usize,
  gradient: usize,
  firstMoment: usize,
  secondMoment: usize,
  newParameter: usize,
  newFirstMoment: usize,
  newSecondMoment: usize,
  beta1: f32,
  rest1: f32,
  beta2: f32,
  rest2: f32,
  rate: f32,
  correction: f32,
  decay: f32,
  epsilon: f32,
  begin: usize,
  end: usize,
  _scratch: usize,
): void {
  const beta1s = f32x4.splat(beta1);
  const rest1s = f32x4.splat(rest1);
  const beta2s = f32x4.splat(beta2);
  const rest2s = f32x4.splat(rest2);
  const rates = f32x4.splat(rate);
  const corrections = f32x4.splat(correction);
  const decays = f32x4.splat(decay);
  const epsilons = f32x4.splat(epsilon);
  const vectorEnd = (begin + ((end - begin) & ~3)) << 2;
  let at = begin << 2;
  for (; at < vectorEnd; at += 16) {
    const g = v128.load(gradient + at);
    const m = multiplyAdd(beta1s, v128.load(firstMoment + at), f32x4.mul(rest1s, g));
    const square = f32x4.mul(g, g);
    const v = multiplyAdd(beta2s, v128.load(secondMoment + at), f32x4.mul(rest2s, square));
    const spread = f32x4.add(f32x4.sqrt(f32x4.mul(corrections, v)), epsilons);
    const change = f32x4.div(f32x4.mul(rates, m), spread);
    v128.store(newFirstMoment + at, m);
    v128.store(newSecondMoment + at, v);
    const w = f32x4.mul(decays, v128.load(parameter + at));
    v128.store(newParameter + at, f32x4.sub(w, change));
  }
  for (; at < end << 2; at += 4) {
    const g = load<f32>(gradient + at);
    const m = beta1 * load<f32>(firstMoment + at) + rest1 * g;
    const v = beta2 * load<f32>(secondMoment + at) + rest2 * (g * g);
    const change = (rate * m) / (sqrt<f32>(correction * v) + epsilon);
    store<f32>(newFirstMoment + at, m);
    store<f32>(newSecondMoment + at, v);
    store<f32>(newParameter + at, decay * load<f32>(parameter + at) - change);
  }
}
