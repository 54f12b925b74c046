import { hyperbolicTangent, sigmoid } from "./exponential";
import { multiplyRows } from "./multiply-rows";
import { packAcross, packAlong } from "./pack-panels";

/** Gates: input, forget, candidate, output; each `units` wide, side by side. */
const GATES: usize = 4;
const PANEL: usize = 8;

/** Bytes of a recurrent kernel packed by {@link packRecurrent} or {@link packRecurrentTransposed}. */
export function packedRecurrentBytes(units: usize): usize {
  return (GATES * units * ((units + PANEL - 1) & ~(PANEL - 1))) << 2;
}

/** The recurrent kernel R, [units, 4 units], gate by gate in panels of 8 columns. */
export function packRecurrent(recurrent: usize, packed: usize, units: usize): void {
  const step = (GATES * units) << 2;
  const gateBytes = packedRecurrentBytes(units) / GATES;
  for (let gate: usize = 0; gate < GATES; gate++) {
    const columns = recurrent + ((gate * units) << 2);
    packAlong(columns, step, units, units, PANEL, packed + gate * gateBytes);
  }
}

/** R transposed, [4 units, units], in panels of 8 columns. */
export function packRecurrentTransposed(recurrent: usize, packed: usize, units: usize): void {
  packAcross(recurrent, (GATES * units) << 2, units, GATES * units, PANEL, packed);
}

/**
 * One time step of an LSTM for the units from `begin` to `end`, a multiple of 8 unless it is all:
 *
 * - A = G + H R, where G comes in as the inputs' share of the gates, bias included
 * - i = sigmoid A_i, f = sigmoid A_f, g = tanh A_g, o = sigmoid A_o, which G leaves as
 * - C' = f C + i g, H' = o tanh C'
 *
 * G is [batch, 4 units]; H, C and the new H' and C' are [batch, units]; R is packed by
 * {@link packRecurrent}.
 */
export function lstmStep(
  hidden: usize,
  cell: usize,
  packed: usize,
  gates: usize,
  newHidden: usize,
  newCell: usize,
  batch: usize,
  units: usize,
  begin: usize,
  end: usize,
  scratch: usize,
): void {
  const unitsBytes = units << 2;
  const gatesBytes = GATES * unitsBytes;
  const gateBytes = packedRecurrentBytes(units) / GATES;
  for (let gate: usize = 0; gate < GATES; gate++) {
    for (let unit = begin; unit < end; unit += PANEL) {
      const panel = packed + gate * gateBytes + unit * unitsBytes;
      const tile = gates + gate * unitsBytes + (unit << 2);
      const columns = min<usize>(PANEL, end - unit);
      multiplyRows(
        hidden,
        unitsBytes,
        batch,
        units,
        panel,
        tile,
        gatesBytes,
        tile,
        gatesBytes,
        columns,
        scratch,
      );
    }
  }
  for (let row: usize = 0; row < batch; row++) {
    const to = end << 2;
    let at = begin << 2;
    for (; at + 16 <= to; at += 16) {
      openGates(gates + at, unitsBytes, cell + at, newHidden + at, newCell + at);
    }
    // fewer than four units: through four lanes of scratch memory, since e^x is for lanes
    if (at < to) {
      const bytes = to - at;
      copyRows(gates + at, unitsBytes, scratch, 16, GATES, bytes);
      memory.copy(scratch + 64, cell + at, bytes);
      openGates(scratch, 16, scratch + 64, scratch + 80, scratch + 96);
      copyRows(scratch, 16, gates + at, unitsBytes, GATES, bytes);
      memory.copy(newHidden + at, scratch + 80, bytes);
      memory.copy(newCell + at, scratch + 96, bytes);
    }
    gates += gatesBytes;
    cell += unitsBytes;
    newHidden += unitsBytes;
    newCell += unitsBytes;
  }
}

/** Four units of one row. */
function openGates(gates: usize, step: usize, cell: usize, newHidden: usize, newCell: usize): void {
  const i = sigmoid(v128.load(gates));
  const f = sigmoid(v128.load(gates + step));
  const g = hyperbolicTangent(v128.load(gates + 2 * step));
  const o = sigmoid(v128.load(gates + 3 * step));
  const c = f32x4.add(f32x4.mul(f, v128.load(cell)), f32x4.mul(i, g));
  v128.store(gates, i);
  v128.store(gates + step, f);
  v128.store(gates + 2 * step, g);
  v128.store(gates + 3 * step, o);
  v128.store(newCell, c);
  v128.store(newHidden, f32x4.mul(o, hyperbolicTangent(c)));
}

/** Rows of `bytes` from one place to another. */
export function copyRows(
  source: usize,
  sourceStep: usize,
  target: usize,
  targetStep: usize,
  rows: usize,
  bytes: usize,
): void {
  for (let row: usize = 0; row < rows; row++) {
    memory.copy(target + row * targetStep, source + row * sourceStep, bytes);
  }
}
