import { multiplyAdd, sumLanes } from "./multiply-add";

/**
 * The gradients of {@link generateBlocks} through the hypermodules from `begin` to `end`, given
 * G = dLoss/dB, [L, size]:
 *
 * - gH[k, c] = sum of beliefs[t] z_l[c] G_l over the terms t of module k, where l = locationOf[t]
 * - products[t, c] = <G_l, H[k, c]>, of which {@link generatorSums} makes the other gradients
 *
 * Terms are visited module by module: `order` (int32 [terms]) lists those of module k from
 * moduleEnds[k-1] (0 for k = 0) up to moduleEnds[k]. So a module and its gradient stay at hand, and
 * threads that take different modules never add to the same numbers. With c = 0 each context counts
 * as the number 1, and products is [terms, 1].
 */
export function generateBlocksGradient(
  modules: usize,
  contexts: usize,
  order: usize,
  moduleEnds: usize,
  locationOf: usize,
  beliefs: usize,
  gradient: usize,
  modulesGradient: usize,
  products: usize,
  contextSize: usize,
  size: usize,
  begin: usize,
  end: usize,
  _scratch: usize,
): void {
  const blockBytes = size << 2;
  const rank = max<usize>(contextSize, 1);
  const moduleBytes = rank * blockBytes;
  memory.fill(modulesGradient + begin * moduleBytes, 0, (end - begin) * moduleBytes);
  let place: usize = begin === 0 ? 0 : load<u32>(moduleEnds + ((begin - 1) << 2));
  for (let k = begin; k < end; k++) {
    const placesEnd = load<u32>(moduleEnds + (k << 2)) as usize;
    for (; place < placesEnd; place++) {
      const term = load<u32>(order + (place << 2)) as usize;
      const location = load<u32>(locationOf + (term << 2)) as usize;
      const belief = load<f32>(beliefs + (term << 2));
      const given = gradient + location * blockBytes;
      const context = contexts + ((location * contextSize) << 2);
      let product = products + ((term * rank) << 2);
      let source = modules + k * moduleBytes;
      let target = modulesGradient + k * moduleBytes;
      let c: usize = 0;
      for (; c + 4 <= contextSize; c += 4) {
        const four = fourThroughProduct(given, source, target, size, context + (c << 2), belief);
        v128.store(product, four);
        product += 16;
        source += blockBytes << 2;
        target += blockBytes << 2;
      }
      for (; c < rank; c++) {
        const factor: f32 = contextSize === 0 ? 1 : load<f32>(context + (c << 2));
        const one = throughProduct(given, source, target, size, belief * factor);
        store<f32>(product, one);
        product += 4;
        source += blockBytes;
        target += blockBytes;
      }
    }
  }
}

/**
 * What is left of the gradients of {@link generateBlocks} for the locations from `begin` to `end`,
 * given products[t, c] = <G_l, H[k, c]> of every term:
 *
 * - gz_l[c] = sum_t beliefs[t] products[t, c] over the terms of location l
 * - slopes[t] = sum_c z_l[c] products[t, c], the gradient of beliefs[t]
 */
export function generatorSums(
  contexts: usize,
  beliefs: usize,
  ends: usize,
  products: usize,
  contextsGradient: usize,
  slopes: usize,
  contextSize: usize,
  begin: usize,
  end: usize,
  _scratch: usize,
): void {
  const rank = max<usize>(contextSize, 1);
  let term: usize = begin === 0 ? 0 : load<u32>(ends + ((begin - 1) << 2));
  for (let l = begin; l < end; l++) {
    const context = contexts + ((l * contextSize) << 2);
    const sums = contextsGradient + ((l * contextSize) << 2);
    memory.fill(sums, 0, contextSize << 2);
    const termsEnd = load<u32>(ends + (l << 2)) as usize;
    for (; term < termsEnd; term++) {
      const product = products + ((term * rank) << 2);
      const belief = load<f32>(beliefs + (term << 2));
      let slope: f32 = contextSize === 0 ? load<f32>(product) : 0;
      for (let at: usize = 0; at < contextSize << 2; at += 4) {
        const value = load<f32>(product + at);
        slope += load<f32>(context + at) * value;
        addAt(sums + at, belief * value);
      }
      store<f32>(slopes + (term << 2), slope);
    }
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
