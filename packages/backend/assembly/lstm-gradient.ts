import { hyperbolicTangent } from "./exponential";
import { copyRows } from "./lstm";
import { multiplyAdd } from "./multiply-add";
import { multiplyRows } from "./multiply-rows";

const GATES: usize = 4;
const PANEL: usize = 8;

/**
 * The gradient of one time step of {@link lstmStep}, backwards in time, for the units from `begin` to
 * `end`, a multiple of 8 unless it is all. Given dY, the loss's gradient by this step's H' alone:
 *
 * - dH' = dY + dA_next R^T, where dA_next is what this function gave for the step after (0: none)
 * - dC' += dH' o (1 - tanh^2 C')
 * - dA_i = dC' g i (1 - i), dA_f = dC' C f (1 - f), dA_g = dC' i (1 - g^2), dA_o = dH' tanh C' o (1 - o)
 * - dC = f dC', which `cellGradient` leaves as
 *
 * The gates i, f, g, o and dA are [batch, 4 units], all else is [batch, units]; R^T is packed by
 * {@link packRecurrentTransposed}. `hiddenGradient` is room for dH'.
 */
export function lstmStepGradient(
  gradient: usize,
  nextGradient: usize,
  packed: usize,
  gates: usize,
  cell: usize,
  newCell: usize,
  gatesGradient: usize,
  hiddenGradient: usize,
  cellGradient: usize,
  batch: usize,
  units: usize,
  begin: usize,
  end: usize,
  scratch: usize,
): void {
  const unitsBytes = units << 2;
  const gatesBytes = GATES * unitsBytes;
  const first = begin << 2;
  const bytes = (end - begin) << 2;
  copyRows(gradient + first, unitsBytes, hiddenGradient + first, unitsBytes, batch, bytes);
  if (nextGradient !== 0) {
    for (let unit = begin; unit < end; unit += PANEL) {
      const panel = packed + unit * gatesBytes;
      const tile = hiddenGradient + (unit << 2);
      const columns = min<usize>(PANEL, end - unit);
      multiplyRows(
        nextGradient,
        gatesBytes,
        batch,
        GATES * units,
        panel,
        tile,
        unitsBytes,
        tile,
        unitsBytes,
        columns,
        scratch,
      );
    }
  }
  for (let row: usize = 0; row < batch; row++) {
    const to = end << 2;
    let at = first;
    for (; at + 16 <= to; at += 16) {
      closeGates(
        gates + at,
        unitsBytes,
        cell + at,
        newCell + at,
        gatesGradient + at,
        hiddenGradient + at,
        cellGradient + at,
      );
    }
    if (at < to) {
      // fewer than four units: through four lanes of scratch memory
      const rest = to - at;
      copyRows(gates + at, unitsBytes, scratch, 16, GATES, rest);
      memory.copy(scratch + 64, cell + at, rest);
      memory.copy(scratch + 80, newCell + at, rest);
      memory.copy(scratch + 96, hiddenGradient + at, rest);
      memory.copy(scratch + 112, cellGradient + at, rest);
      closeGates(scratch, 16, scratch + 64, scratch + 80, scratch, scratch + 96, scratch + 112);
      copyRows(scratch, 16, gatesGradient + at, unitsBytes, GATES, rest);
      memory.copy(cellGradient + at, scratch + 112, rest);
    }
    gates += gatesBytes;
    cell += unitsBytes;
    newCell += unitsBytes;
    gatesGradient += gatesBytes;
    hiddenGradient += unitsBytes;
    cellGradient += unitsBytes;
  }
}

/** Four units of one row; `gatesGradient` may be `gates`. */
function closeGates(
  gates: usize,
  step: usize,
  cell: usize,
  newCell: usize,
  gatesGradient: usize,
  hiddenGradient: usize,
  cellGradient: usize,
): void {
  const i = v128.load(gates);
  const f = v128.load(gates + step);
  const g = v128.load(gates + 2 * step);
  const o = v128.load(gates + 3 * step);
  const one = f32x4.splat(1);
  const outer = hyperbolicTangent(v128.load(newCell));
  const given = v128.load(hiddenGradient);
  const slope = f32x4.sub(one, f32x4.mul(outer, outer));
  const dC = multiplyAdd(f32x4.mul(given, o), slope, v128.load(cellGradient));
  const di = f32x4.mul(f32x4.mul(dC, g), f32x4.mul(i, f32x4.sub(one, i)));
  const df = f32x4.mul(f32x4.mul(dC, v128.load(cell)), f32x4.mul(f, f32x4.sub(one, f)));
  const dg = f32x4.mul(f32x4.mul(dC, i), f32x4.sub(one, f32x4.mul(g, g)));
  const dO = f32x4.mul(f32x4.mul(given, outer), f32x4.mul(o, f32x4.sub(one, o)));
  v128.store(gatesGradient, di);
  v128.store(gatesGradient + step, df);
  v128.store(gatesGradient + 2 * step, dg);
  v128.store(gatesGradient + 3 * step, dO);
  v128.store(cellGradient, f32x4.mul(dC, f));
}
