import { LSTM, LSTM_GRADIENT } from "@muir/ops";
import { type Numbers, type StandIn, zeros } from "./stand-in.js";

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** Step by step, unit by unit. */
export const lstmKernels: readonly StandIn[] = [
  {
    name: LSTM,
    compute({ x, kernel, recurrent, bias, hidden, cell }) {
      const { time, batch, width, units } = sizesOf(x!, hidden!);
      const outputs = zeros(time, batch, units);
      const cells = zeros(time, batch, units);
      const gates = zeros(time, batch, 4 * units);
      for (let step = 0; step < time * batch; step++) {
        const before = previous(step, { batch, units });
        for (let gate = 0; gate < 4 * units; gate++) {
          let sum = bias!.values[gate]!;
          for (let i = 0; i < width; i++) {
            sum += x!.values[step * width + i]! * kernel!.values[i * 4 * units + gate]!;
          }
          for (let u = 0; u < units; u++) {
            sum += before(hidden!, outputs, u) * recurrent!.values[u * 4 * units + gate]!;
          }
          const isCandidate = Math.floor(gate / units) === 2;
          gates.values[step * 4 * units + gate] = isCandidate ? Math.tanh(sum) : sigmoid(sum);
        }
        for (let u = 0; u < units; u++) {
          const [i, f, g, o] = gatesOf(gates, { step, units, u });
          const c = f * before(cell!, cells, u) + i * g;
          cells.values[step * units + u] = c;
          outputs.values[step * units + u] = o * Math.tanh(c);
        }
      }
      return [outputs, cells, gates];
    },
  },
  {
    name: LSTM_GRADIENT,
    compute({ x, kernel, recurrent, hidden, cell, outputs, cells, gates, gradient }) {
      const { time, batch, width, units } = sizesOf(x!, hidden!);
      const ofX = zeros(time, batch, width);
      const ofKernel = zeros(width, 4 * units);
      const ofRecurrent = zeros(units, 4 * units);
      const ofBias = zeros(4 * units);
      const ofHidden = zeros(batch, units); // of h and c after the step at hand, from later steps
      const ofCell = zeros(batch, units);
      for (let step = time * batch - 1; step >= 0; step--) {
        const before = previous(step, { batch, units });
        const row = (step % batch) * units;
        const sums = new Float64Array(4 * units); // the gradient before the gates' activations
        for (let u = 0; u < units; u++) {
          const [i, f, g, o] = gatesOf(gates!, { step, units, u });
          const squashed = Math.tanh(cells!.values[step * units + u]!);
          const h = gradient!.values[step * units + u]! + ofHidden.values[row + u]!;
          const c = ofCell.values[row + u]! + h * o * (1 - squashed ** 2);
          sums[u] = c * g * i * (1 - i);
          sums[units + u] = c * before(cell!, cells!, u) * f * (1 - f);
          sums[2 * units + u] = c * i * (1 - g ** 2);
          sums[3 * units + u] = h * squashed * o * (1 - o);
          ofCell.values[row + u] = c * f;
          ofHidden.values[row + u] = 0;
        }
        sums.forEach((sum, gate) => {
          ofBias.values[gate]! += sum;
          for (let i = 0; i < width; i++) {
            ofX.values[step * width + i]! += sum * kernel!.values[i * 4 * units + gate]!;
            ofKernel.values[i * 4 * units + gate]! += sum * x!.values[step * width + i]!;
          }
          for (let u = 0; u < units; u++) {
            ofHidden.values[row + u]! += sum * recurrent!.values[u * 4 * units + gate]!;
            ofRecurrent.values[u * 4 * units + gate]! += sum * before(hidden!, outputs!, u);
          }
        });
      }
      return [ofX, ofKernel, ofRecurrent, ofBias, ofHidden, ofCell];
    },
  },
];

function sizesOf(x: Numbers, hidden: Numbers) {
  const [time, batch, width] = x.shape as [number, number, number];
  return { time, batch, width, units: hidden.shape[1]! };
}

/** Reads what unit u held before a step: what the sequence started from, or what the step before left. */
function previous(step: number, { batch, units }: { batch: number; units: number }) {
  return (initial: Numbers, steps: Numbers, u: number) =>
    step < batch ? initial.values[step * units + u]! : steps.values[(step - batch) * units + u]!;
}

function gatesOf(
  gates: Numbers,
  { step, units, u }: { step: number; units: number; u: number },
): [number, number, number, number] {
  const at = (gate: number) => gates.values[(step * 4 + gate) * units + u]!;
  return [at(0), at(1), at(2), at(3)];
}
