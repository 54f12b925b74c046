import { multiplyAdd, sumLanes } from "./multiply-add";

/**
 * The gradients of {@link generateBlocks}, given G = dLoss/dB, [L, size]; all else as there:
 *
 * - gH[k, c] = sum of beliefs[t] z_l[c] G_l over the terms with moduleOf[t] = k
 * - gz_l[c] = sum_t beliefs[t] <G_l, H[moduleOf[t], c]>
 * - slopes[t] = sum_c z_l[c] <G_l, H[moduleOf[t], c]>, the gradient of beliefs[t]
 *
 * The three are overwritten and overlap nothing.
 */
export function generateBlocksGradient(
  modules: usize,
  contexts: usize,
  moduleOf: usize,
  beliefs: usize,
  ends: usize,
  gradient: usize,
  modulesGradient: usize,
  contextsGradient: usize,
  slopes: usize,
  moduleCount: usize,
  locations: usize,
  contextSize: usize,
  size: usize,
): void {
  const blockBytes = size << 2;
  const moduleBytes = max<usize>(contextSize, 1) * blockBytes;
  memory.fill(modulesGradient, 0, moduleCount * moduleBytes);
  memory.fill(contextsGradient, 0, (locations * contextSize) << 2);
  let term: usize = 0;
  for (let l: usize = 0; l < locations; l++) {
    const end = load<u32>(ends + (l << 2)) as usize;
    for (; term < end; term++) {
      const start = (load<u32>(moduleOf + (term << 2)) as usize) * moduleBytes;
      const belief = load<f32>(beliefs + (term << 2));
      let source = modules + start;
      let target = modulesGradient + start;
      let slope: f32 = 0;
      let c: usize = 0;
      for (; c + 4 <= contextSize; c += 4) {
        const products = fourThroughProduct(
          gradient,
          source,
          target,
          size,
          contexts + (c << 2),
          belief,
        );
        const context = v128.load(contexts + (c << 2));
        slope += sumLanes(f32x4.mul(products, context));
        const sum = contextsGradient + (c << 2);
        v128.store(sum, multiplyAdd(f32x4.splat(belief), products, v128.load(sum)));
        source += blockBytes << 2;
        target += blockBytes << 2;
      }
      for (; c < contextSize; c++) {
        const context = load<f32>(contexts + (c << 2));
        const product = throughProduct(gradient, source, target, size, belief * context);
        slope += product * context;
        const sum = contextsGradient + (c << 2);
        store<f32>(sum, load<f32>(sum) + belief * product);
        source += blockBytes;
        target += blockBytes;
      }
      if (contextSize === 0) slope = throughProduct(gradient, source, target, size, belief);
      store<f32>(slopes + (term << 2), slope);
    }
    gradient += blockBytes;
    contexts += contextSize << 2;
    contextsGradient += contextSize << 2;
  }
}

/** T += share * G and <G, S>, in one pass over G. */
function throughProduct(
  gradient: usize,
  source: usize,
  target: usize,
  count: usize,
  share: f32,
): f32 {
  const shares = f32x4.splat(share);
  let products = f32x4.splat(0);
  const vectorEnd = (count & ~3) << 2;
  let at: usize = 0;
  for (; at < vectorEnd; at += 16) {
    const given = v128.load(gradient + at);
    products = multiplyAdd(given, v128.load(source + at), products);
    v128.store(target + at, multiplyAdd(shares, given, v128.load(target + at)));
  }
  let product = sumLanes(products);
  for (; at < count << 2; at += 4) {
    const given = load<f32>(gradient + at);
    product += given * load<f32>(source + at);
    store<f32>(target + at, load<f32>(target + at) + share * given);
  }
  return product;
}

/** {@link throughProduct} for four consecutive rows of S and T; the four products as lanes. */
function fourThroughProduct(
  gradient: usize,
  source: usize,
  target: usize,
  count: usize,
  context: usize,
  belief: f32,
): v128 {
  const step = count << 2;
  const shares = f32x4.mul(f32x4.splat(belief), v128.load(context));
  const shares0 = f32x4.splat(f32x4.extract_lane(shares, 0));
  const shares1 = f32x4.splat(f32x4.extract_lane(shares, 1));
  const shares2 = f32x4.splat(f32x4.extract_lane(shares, 2));
  const shares3 = f32x4.splat(f32x4.extract_lane(shares, 3));
  let products0 = f32x4.splat(0);
  let products1 = products0;
  let products2 = products0;
  let products3 = products0;
  const vectorEnd = (count & ~3) << 2;
  let at: usize = 0;
  for (; at < vectorEnd; at += 16) {
    const given = v128.load(gradient + at);
    let from = source + at;
    let to = target + at;
    products0 = multiplyAdd(given, v128.load(from), products0);
    v128.store(to, multiplyAdd(shares0, given, v128.load(to)));
    from += step;
    to += step;
    products1 = multiplyAdd(given, v128.load(from), products1);
    v128.store(to, multiplyAdd(shares1, given, v128.load(to)));
    from += step;
    to += step;
    products2 = multiplyAdd(given, v128.load(from), products2);
    v128.store(to, multiplyAdd(shares2, given, v128.load(to)));
    from += step;
    to += step;
    products3 = multiplyAdd(given, v128.load(from), products3);
    v128.store(to, multiplyAdd(shares3, given, v128.load(to)));
  }
  let tail = f32x4.splat(0); // lane c is what row c's product lacks
  for (; at < step; at += 4) {
    const given = load<f32>(gradient + at);
    const from = source + at;
    const column = f32x4(
      load<f32>(from),
      load<f32>(from + step),
      load<f32>(from + 2 * step),
      load<f32>(from + 3 * step),
    );
    tail = multiplyAdd(f32x4.splat(given), column, tail);
    addAt(target + at, f32x4.extract_lane(shares, 0) * given);
    addAt(target + at + step, f32x4.extract_lane(shares, 1) * given);
    addAt(target + at + 2 * step, f32x4.extract_lane(shares, 2) * given);
    addAt(target + at + 3 * step, f32x4.extract_lane(shares, 3) * given);
  }
  const whole = f32x4(
    sumLanes(products0),
    sumLanes(products1),
    sumLanes(products2),
    sumLanes(products3),
  );
  return f32x4.add(whole, tail);
}

function addAt(target: usize, value: f32): void {
  store<f32>(target, load<f32>(target) + value);
}
