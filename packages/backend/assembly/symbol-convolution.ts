import { addScaled } from "./add-scaled";

/** Filters held in registers at a time: 8 vectors. */
const FILTER_BLOCK: usize = 32;
const BLOCK_BYTES: usize = FILTER_BLOCK * 4;

/**
 * Tables for one symbol or for two `together`, where a sum over the width takes half as many additions:
 * T1[w, a] = T[w, a] or T2[p, a * symbols + b] = T[2p, a] + T[2p + 1, b], without the second where the
 * last place has no partner.
 *
 * T is [width, symbols, filters], the result [ceil(width / together), symbols^together, padded filters],
 * where filters are padded to blocks of 32 with zeros. Its places from `begin` to `end` are written.
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
  const seconds: usize = together === 2 ? symbols : 1;
  let target = tables + begin * symbols * seconds * paddedBytes;
  for (let p = begin; p < end; p++) {
    const first = table + p * together * placeBytes;
    const hasSecond = together === 2 && (p << 1) + 1 < width;
    for (let a: usize = 0; a < symbols; a++) {
      for (let b: usize = 0; b < seconds; b++) {
        memory.copy(target, first + a * rowBytes, rowBytes);
        if (hasSecond) addScaled(target, first + placeBytes + b * rowBytes, filters, 1);
        memory.fill(target + rowBytes, 0, paddedBytes - rowBytes);
        target += paddedBytes;
      }
    }
  }
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
  const tableBytes = (together === 2 ? symbols * symbols : symbols) * (padded << 2);
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

/** codes[t] = the byte offset in a table of S[t], or of the pair (S[t], S[t + 1]); 0 beyond the end. */
function encode(
  sequence: usize,
  codes: usize,
  length: usize,
  symbols: usize,
  together: usize,
  entryBytes: usize,
): void {
  for (let t: usize = 0; t < length; t++) {
    let code = load<u32>(sequence + (t << 2)) as usize;
    if (together === 2) {
      code *= symbols;
      if (t + 1 < length) code += load<u32>(sequence + ((t + 1) << 2)) as usize;
    }
    store<u32>(codes + (t << 2), (code * entryBytes) as u32);
  }
}

/** The maxima of 32 filters over all positions. */
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
  const start4 = v128.load(start, 64);
  const start5 = v128.load(start, 80);
  const start6 = v128.load(start, 96);
  const start7 = v128.load(start, 112);
  memory.fill(best, 0, BLOCK_BYTES);
  memory.fill(bestAt, 0xff, BLOCK_BYTES); // -1
  for (let t: usize = 0; t < positions; t++) {
    let sum0 = start0;
    let sum1 = start1;
    let sum2 = start2;
    let sum3 = start3;
    let sum4 = start4;
    let sum5 = start5;
    let sum6 = start6;
    let sum7 = start7;
    let code = codes + (t << 2);
    let table = tables;
    for (let p: usize = 0; p < places; p++) {
      const row = table + (load<u32>(code) as usize);
      sum0 = f32x4.add(sum0, v128.load(row));
      sum1 = f32x4.add(sum1, v128.load(row, 16));
      sum2 = f32x4.add(sum2, v128.load(row, 32));
      sum3 = f32x4.add(sum3, v128.load(row, 48));
      sum4 = f32x4.add(sum4, v128.load(row, 64));
      sum5 = f32x4.add(sum5, v128.load(row, 80));
      sum6 = f32x4.add(sum6, v128.load(row, 96));
      sum7 = f32x4.add(sum7, v128.load(row, 112));
      code += codeStep;
      table += tableBytes;
    }
    const position = i32x4.splat(t as i32);
    keepLarger(sum0, position, best, bestAt);
    keepLarger(sum1, position, best + 16, bestAt + 16);
    keepLarger(sum2, position, best + 32, bestAt + 32);
    keepLarger(sum3, position, best + 48, bestAt + 48);
    keepLarger(sum4, position, best + 64, bestAt + 64);
    keepLarger(sum5, position, best + 80, bestAt + 80);
    keepLarger(sum6, position, best + 96, bestAt + 96);
    keepLarger(sum7, position, best + 112, bestAt + 112);
  }
}

/** A new maximum is rare, so whether there is one is asked first. */
function keepLarger(sums: v128, position: v128, best: usize, bestAt: usize): void {
  const known = v128.load(best);
  const isLarger = f32x4.gt(sums, known);
  if (v128.any_true(isLarger)) {
    v128.store(best, v128.bitselect(sums, known, isLarger));
    v128.store(bestAt, v128.bitselect(position, v128.load(bestAt), isLarger));
  }
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
