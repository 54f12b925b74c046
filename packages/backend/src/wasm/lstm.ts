import { areFloats } from "./batch-norm.js";
import { multiplyAt } from "./multiply-at.js";
import { offsetOf, withScratch } from "./wasm-backend.js";
import type { KernelInputs, WasmKernel } from "./wasm-kernel.js";

/** Units that make a panel of the packed recurrent kernel. */
export const UNIT_PANEL = 8;
/** Bytes of scratch memory for a part of one time step, forward or backward. */
export const STEP_SCRATCH = 128;

/**
 * An LSTM over a sequence (Hochreiter & Schmidhuber 1997, with a forget gate).
 *
 * Inputs: x [time, batch, inputs], kernel [inputs, 4 units], recurrent [units, 4 units], bias
 * [4 units], hidden and cell [batch, units]; gates in the order input, forget, candidate, output.
 * Outputs: outputs and cells [time, batch, units], gates [time, batch, 4 units] after their activations.
 */
export const lstm: WasmKernel = {
  name: "MuirLstm",
  covers: areFloats,
  run(call) {
    const { inputs, backend, kernels, sharing } = call;
    const { time, batch, features, units } = lstmSizes(inputs);
    const [outputs, cells] = [0, 1].map(() => backend.makeOutput([time, batch, units], "float32"));
    const gates = backend.makeOutput([time, batch, 4 * units], "float32");
    if (time * batch * units === 0) return [outputs!, cells!, gates];
    // the inputs' share of the gates of all time steps is one product
    multiplyAt(call, {
      a: offsetOf(backend, inputs["x"]!),
      b: offsetOf(backend, inputs["kernel"]!),
      c: offsetOf(backend, gates),
      bias: offsetOf(backend, inputs["bias"]!),
      rows: time * batch,
      columns: 4 * units,
      depth: features,
    });
    withScratch(backend, kernels.packedRecurrentBytes(units), (packed) => {
      kernels.packRecurrent(offsetOf(backend, inputs["recurrent"]!), packed, units);
      const stateBytes = 4 * batch * units;
      let hidden = offsetOf(backend, inputs["hidden"]!);
      let cell = offsetOf(backend, inputs["cell"]!);
      for (let t = 0; t < time; t++) {
        const newHidden = offsetOf(backend, outputs!) + t * stateBytes;
        const newCell = offsetOf(backend, cells!) + t * stateBytes;
        const gatesAt = offsetOf(backend, gates) + 4 * t * stateBytes;
        sharing.run({
          kernel: "lstmStep",
          args: [hidden, cell, packed, gatesAt, newHidden, newCell, batch, units],
          items: units,
          multiple: UNIT_PANEL,
          cost: 4 * batch * (units + 16),
          scratchBytes: STEP_SCRATCH,
        });
        hidden = newHidden;
        cell = newCell;
      }
    });
    return [outputs!, cells!, gates];
  },
};

export function lstmSizes(inputs: KernelInputs) {
  const [time, batch, features] = inputs["x"]!.shape as [number, number, number];
  return { time, batch, features, units: inputs["recurrent"]!.shape[0]! };
}
