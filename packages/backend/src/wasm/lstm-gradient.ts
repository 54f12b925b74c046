import type * as tf from "@tensorflow/tfjs-core";
import { areFloats } from "./batch-norm.js";
import { lstmSizes, STEP_SCRATCH, UNIT_PANEL } from "./lstm.js";
import { multiplyAt } from "./multiply-at.js";
import { sumColumnsAt } from "./sum-columns-at.js";
import { memoryOf, offsetOf, type WasmBackend, withScratch } from "./wasm-backend.js";
import type { WasmKernel, WasmKernelCall } from "./wasm-kernel.js";

/**
 * The gradients of an LSTM over a sequence, given that of its outputs.
 *
 * Inputs: those of the forward kernel but for the bias, its outputs, cells and gates, and gradient
 * [time, batch, units]. Outputs: the gradients of x, kernel, recurrent, bias, hidden and cell.
 */
export const lstmGradient: WasmKernel = {
  name: "MuirLstmGradient",
  covers: areFloats,
  run(call) {
    const { inputs, backend } = call;
    const { time, batch, units } = lstmSizes(inputs);
    const make = (name: string) => backend.makeOutput([...inputs[name]!.shape], "float32");
    const results = {
      x: make("x"),
      kernel: make("kernel"),
      recurrent: make("recurrent"),
      bias: backend.makeOutput([4 * units], "float32"),
      hidden: make("hidden"),
      cell: make("cell"),
    };
    fillZero(backend, results.hidden);
    fillZero(backend, results.cell);
    withScratch(backend, 16 * time * batch * units, (gatesGradient) => {
      backwards(call, { gatesGradient, cellGradient: offsetOf(backend, results.cell) });
      gather(call, { gatesGradient, results });
    });
    return [
      results.x,
      results.kernel,
      results.recurrent,
      results.bias,
      results.hidden,
      results.cell,
    ];
  },
};

/** Backwards in time to the gradients of all gates, [time, batch, 4 units], and of the first cell. */
function backwards(
  { inputs, backend, kernels, sharing }: WasmKernelCall<unknown>,
  { gatesGradient, cellGradient }: { gatesGradient: number; cellGradient: number },
): void {
  const { time, batch, units } = lstmSizes(inputs);
  const stateBytes = 4 * batch * units;
  const packedBytes = kernels.packedRecurrentBytes(units);
  withScratch(backend, packedBytes + stateBytes, (packed) => {
    const hiddenGradient = packed + packedBytes;
    kernels.packRecurrentTransposed(offsetOf(backend, inputs["recurrent"]!), packed, units);
    const cells = offsetOf(backend, inputs["cells"]!);
    for (let t = time - 1; t >= 0; t--) {
      sharing.run({
        kernel: "lstmStepGradient",
        args: [
          offsetOf(backend, inputs["gradient"]!) + t * stateBytes,
          t === time - 1 ? 0 : gatesGradient + 4 * (t + 1) * stateBytes,
          packed,
          offsetOf(backend, inputs["gates"]!) + 4 * t * stateBytes,
          t === 0 ? offsetOf(backend, inputs["cell"]!) : cells + (t - 1) * stateBytes,
          cells + t * stateBytes,
          gatesGradient + 4 * t * stateBytes,
          hiddenGradient,
          cellGradient,
          batch,
          units,
        ],
        items: units,
        multiple: UNIT_PANEL,
        cost: 4 * batch * (units + 16),
        scratchBytes: STEP_SCRATCH,
      });
    }
  });
}

/** From the gradients of all gates to those of everything else: a product or a sum each. */
function gather(
  call: WasmKernelCall<unknown>,
  given: { gatesGradient: number; results: Readonly<Record<string, tf.TensorInfo>> },
): void {
  const { inputs, backend } = call;
  const { time, batch, features, units } = lstmSizes(inputs);
  const { gatesGradient, results } = given;
  const at = (name: string) => offsetOf(backend, results[name]!);
  const steps = time * batch;
  const kernel = offsetOf(backend, inputs["kernel"]!);
  const sum = { b: gatesGradient, columns: 4 * units, depth: steps, transposeA: true };
  multiplyAt(call, {
    ...{ a: gatesGradient, b: kernel, c: at("x") },
    ...{ rows: steps, columns: features, depth: 4 * units, transposeB: true },
  });
  const x = offsetOf(backend, inputs["x"]!);
  multiplyAt(call, { ...sum, a: x, c: at("kernel"), rows: features });
  withScratch(backend, 4 * steps * units, (before) => {
    copyHiddenBefore(call, before);
    multiplyAt(call, { ...sum, a: before, c: at("recurrent"), rows: units });
  });
  sumColumnsAt(call, { x: gatesGradient, sum: at("bias"), rows: steps, columns: 4 * units });
  if (time === 0) return;
  multiplyAt(call, {
    ...{ a: gatesGradient, b: offsetOf(backend, inputs["recurrent"]!), c: at("hidden") },
    ...{ rows: batch, columns: units, depth: 4 * units, transposeB: true },
  });
}

/** The hidden states that each time step started from: the first, then all outputs but the last. */
function copyHiddenBefore({ inputs, backend }: WasmKernelCall<unknown>, target: number): void {
  const { time, batch, units } = lstmSizes(inputs);
  if (time === 0) return;
  const stateBytes = 4 * batch * units;
  const heap = new Uint8Array(memoryOf(backend).buffer);
  const hidden = offsetOf(backend, inputs["hidden"]!);
  const outputs = offsetOf(backend, inputs["outputs"]!);
  heap.copyWithin(target, hidden, hidden + stateBytes);
  heap.copyWithin(target + stateBytes, outputs, outputs + (time - 1) * stateBytes);
}

function fillZero(backend: WasmBackend, tensor: tf.TensorInfo): void {
  const at = offsetOf(backend, tensor);
  const count = tensor.shape.reduce((product, size) => product * size, 1);
  new Float32Array(memoryOf(backend).buffer, at, count).fill(0);
}
