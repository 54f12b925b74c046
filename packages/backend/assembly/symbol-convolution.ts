import { addScaled } from "./add-scaled";

/** Filters whose sums, maxima and positions are held in registers at a time: 4 vectors of each. */
const FILTER_BLOCK: usize = 16;
const BLOCK_BYTES: usize = FILTER_BLOCK * 4;

/**
 * Tables for runs of `together` symbols, with which a sum over the width takes so many times fewer
 * additions: T'[p, a b ..] = T[p together, a] + T[p together + 1, b] + .., where a b .. is a number in base
 * `symbols`; without the places beyond the width, where the last run has any.
 *
 * T is [width, symbols, filters], T' [ceil(width / together), symbols^together, padded filters], where
 * filters are padded to blocks of 16 with zeros. Of T' the places from `begin` to `end` are written.
 */
export function symbolTables(
  table: usize,
  tables: usize,
  width: usize,
  symbols: usize,
  filters: usize,
  together: usize,
  begin: usize,
  end: usize,
  _scratch: usize,
): void {
  const rowBytes = filters << 2;
  const paddedBytes = paddedFilters(filters) << 2;
  const placeBytes = symbols * rowBytes;
  const entries = power(symbols, together);
  let target = tables + begin * entries * paddedBytes;
  for (let p = begin; p < end; p++) {
    const first = table + p * together * placeBytes;
    const places = min<usize>(together, width - p * together);
    for (let entry: usize = 0; entry < entries; entry++) {
      memory.fill(target, 0, paddedBytes);
      let digit = entries;
      for (let place: usize = 0; place < places; place++) {
        digit /= symbols;
        const symbol = (entry / digit) % symbols;
        addScaled(target, first + place * placeBytes + symbol * rowBytes, filters, 1);
      }
      target += paddedBytes;
    }
  }
}

function power(base: usize, exponent: usize): usize {
  let product: usize = 1;
  for (let i: usize = 0; i < exponent; i++) product *= base;
  return product;
}

/** Filters rounded up to whole blocks. */
export function paddedFilters(filters: usize): usize {
  return (filters + FILTER_BLOCK - 1) & ~(FILTER_BLOCK - 1);
}

/** Bytes of scratch memory for a part of {@link symbolConvolutionMax}. */
export function symbolConvolutionMaxScratch(length: usize, filters: usize): usize {
  return ((length + paddedFilters(filters)) << 2) + 2 * BLOCK_BYTES;
}

/**
 * For the sequences from `begin` to `end` and every filter f:
 * the maximum over positions t = 0..length - width of relu(bias[f] + sum_w T[w, S[t + w], f]), and the
 * first position that attains it, or -1 where relu leaves 0.
 *
 * S is int32 [sequences, length] within the symbols, T as {@link symbolTables} gives it, scores
 * [sequences, filters], positions int32 of the same shape.
 */
export function symbolConvolutionMax(
  sequences: usize,
  tables: usize,
  bias: usize,
  scores: usize,
  positions: usize,
  length: usize,
  width: usize,
  symbols: usize,
  filters: usize,
  together: usize,
  begin: usize,
  end: usize,
  scratch: usize,
): void {
  const padded = paddedFilters(filters);
  const codes = scratch;
  const start = codes + (length << 2);
  const best = start + (padded << 2);
  const bestAt = best + BLOCK_BYTES;
  const count = length + 1 - width;
  const places = (width + together - 1) / together;
  const tableBytes = power(symbols, together) * (padded << 2);
  memory.fill(start, 0, padded << 2);
  memory.copy(start, bias, filters << 2);
  for (let n = begin; n < end; n++) {
    encode(sequences + ((n * length) << 2), codes, length, symbols, together, padded << 2);
    for (let f: usize = 0; f < filters; f += FILTER_BLOCK) {
      maximumOfBlock(
        codes,
        together << 2,
        tables + (f << 2),
        tableBytes,
        start + (f << 2),
        best,
        bestAt,
        count,
        places,
      );
      const bytes = min<usize>(FILTER_BLOCK, filters - f) << 2;
      const at = (n * filters + f) << 2;
      memory.copy(scores + at, best, bytes);
      memory.copy(positions + at, bestAt, bytes);
    }
  }
}

/** codes[t] = the byte offset in a table of the run S[t], S[t + 1], ..; symbol 0 beyond the end. */
function encode(
  sequence: usize,
  codes: usize,
  length: usize,
  symbols: usize,
  together: usize,
  entryBytes: usize,
): void {
  for (let t: usize = 0; t < length; t++) {
    let code: usize = 0;
    for (let place: usize = 0; place < together; place++) {
      code *= symbols;
      if (t + place < length) code += load<u32>(sequence + ((t + place) << 2)) as usize;
    }
    store<u32>(codes + (t << 2), (code * entryBytes) as u32);
  }
}

/** The maxima of 16 filters over all positions, and where they are first attained. */
function maximumOfBlock(
  codes: usize,
  codeStep: usize,
  tables: usize,
  tableBytes: usize,
  start: usize,
  best: usize,
  bestAt: usize,
  positions: usize,
  places: usize,
): void {
  const start0 = v128.load(start);
  const start1 = v128.load(start, 16);
  const start2 = v128.load(start, 32);
  const start3 = v128.load(start, 48);
  const tablesEnd = tables + places * tableBytes;
  let best0 = f32x4.splat(0); // relu
  let best1 = best0;
  let best2 = best0;
  let best3 = best0;
  let at0 = i32x4.splat(-1);
  let at1 = at0;
  let at2 = at0;
  let at3 = at0;
  for (let t: usize = 0; t < positions; t++) {
    let sum0 = start0;
    let sum1 = start1;
    let sum2 = start2;
    let sum3 = start3;
    let code = codes + (t << 2);
    for (let table = tables; table < tablesEnd; table += tableBytes) {
      const row = table + (load<u32>(code) as usize);
      sum0 = f32x4.add(sum0, v128.load(row));
      sum1 = f32x4.add(sum1, v128.load(row, 16));
      sum2 = f32x4.add(sum2, v128.load(row, 32));
      sum3 = f32x4.add(sum3, v128.load(row, 48));
      code += codeStep;
    }
    const position = i32x4.splat(t as i32);
    // every time, rather than where there is a new maximum: branches would be guessed wrongly
    at0 = v128.bitselect(position, at0, f32x4.gt(sum0, best0));
    at1 = v128.bitselect(position, at1, f32x4.gt(sum1, best1));
    at2 = v128.bitselect(position, at2, f32x4.gt(sum2, best2));
    at3 = v128.bitselect(position, at3, f32x4.gt(sum3, best3));
    best0 = f32x4.pmax(best0, sum0);
    best1 = f32x4.pmax(best1, sum1);
    best2 = f32x4.pmax(best2, sum2);
    best3 = f32x4.pmax(best3, sum3);
  }
  v128.store(best, best0);
  v128.store(best, best1, 16);
  v128.store(best, best2, 32);
  v128.store(best, best3, 48);
  v128.store(bestAt, at0);
  v128.store(bestAt, at1, 16);
  v128.store(bestAt, at2, 32);
  v128.store(bestAt, at3, 48);
}

/**
 * The gradients of {@link symbolConvolutionMax} for the filters from `begin` to `end`, given that of the
 * scores, [sequences, filters]: for every sequence, that of each filter goes to the table's entries at
 * the position that won, if there is one, and to the bias.
 *
 * tableGradient is [width, symbols, filters], biasGradient [filters].
 */
export function symbolConvolutionMaxGradient(
  sequences: usize,
  positions: usize,
  gradient: usize,
  tableGradient: usize,
  biasGradient: usize,
  count: usize,
  length: usize,
  width: usize,
  symbols: usize,
  filters: usize,
  begin: usize,
  end: usize,
  _scratch: usize,
): void {
  const rowBytes = filters << 2;
  const placeBytes = symbols * rowBytes;
  for (let row: usize = 0; row < width * symbols; row++) {
    memory.fill(tableGradient + row * rowBytes + (begin << 2), 0, (end - begin) << 2);
  }
  memory.fill(biasGradient + (begin << 2), 0, (end - begin) << 2);
  for (let n: usize = 0; n < count; n++) {
    for (let f = begin; f < end; f++) {
      const at = (n * filters + f) << 2;
      const position = load<i32>(positions + at);
      if (position < 0) continue;
      const given = load<f32>(gradient + at);
      const bias = biasGradient + (f << 2);
      store<f32>(bias, load<f32>(bias) + given);
      let symbol = sequences + ((n * length + (position as usize)) << 2);
      let place = tableGradient + (f << 2);
      for (let w: usize = 0; w < width; w++) {
        const entry = place + (load<u32>(symbol) as usize) * rowBytes;
        store<f32>(entry, load<f32>(entry) + given);
        symbol += 4;
        place += placeBytes;
      }
    }
  }
}
