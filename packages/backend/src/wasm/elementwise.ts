import * as tf from "@tensorflow/tfjs-core";
import { offsetOf } from "./wasm-backend.js";
import type { WasmKernel } from "./wasm-kernel.js";

/** Cost of a number that is read and written, in multiply-adds. */
const COST = 2;

/** Sums of tensors of one shape: residual connections, and gradients that meet. */
export const add: WasmKernel = {
  name: "Add",
  covers: ({ a, b }) =>
    a!.dtype === "float32" && b!.dtype === "float32" && String(a!.shape) === String(b!.shape),
  run({ inputs, backend, sharing }) {
    const { a, b } = inputs as Record<string, tf.TensorInfo>;
    const sum = backend.makeOutput([...a!.shape], "float32");
    const [aAt, bAt, sumAt] = [a!, b!, sum].map((tensor) => offsetOf(backend, tensor));
    sharing.run({
      kernel: "addNumbers",
      args: [aAt!, bAt!, sumAt!],
      items: tf.util.sizeFromShape(sum.shape),
      multiple: 16,
      cost: COST,
    });
    return sum;
  },
};

/** max(x, 0). */
export const relu: WasmKernel = {
  name: "Relu",
  covers: ({ x }) => x!.dtype === "float32",
  run({ inputs, backend, sharing }) {
    const x = inputs["x"]!;
    const y = backend.makeOutput([...x.shape], "float32");
    sharing.run({
      kernel: "relu",
      args: [offsetOf(backend, x), offsetOf(backend, y)],
      items: tf.util.sizeFromShape([...x.shape]),
      multiple: 16,
      cost: COST,
    });
    return y;
  },
};
