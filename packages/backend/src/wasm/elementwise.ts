import * as tf from "@tensorflow/tfjs-core";
import { offsetOf } from "./wasm-backend.js";
import type { WasmKernel } from "./wasm-kernel.js";

/** Cost of a number that is read and written, in multiply-adds. */
const COST = 2;

/**
 * Sums of tensors of one shape (residual connections, gradients that meet), or of a tensor and a row that
 * all of its rows take (a bias). Others go to the backend's own kernel.
 */
export const add: WasmKernel = {
  name: "Add",
  covers: ({ a, b }) =>
    a!.dtype === "float32" && b!.dtype === "float32" && (isSame(a!, b!) || isRowOf(b!, a!)),
  run({ inputs, backend, sharing }) {
    const { a, b } = inputs as Record<string, tf.TensorInfo>;
    const sum = backend.makeOutput([...a!.shape], "float32");
    const [aAt, bAt, sumAt] = [a!, b!, sum].map((tensor) => offsetOf(backend, tensor));
    const count = tf.util.sizeFromShape(sum.shape);
    if (isSame(a!, b!)) {
      sharing.run({
        kernel: "addNumbers",
        args: [aAt!, bAt!, sumAt!],
        items: count,
        multiple: 16,
        cost: COST,
      });
    } else {
      const columns = b!.shape[0]!;
      sharing.run({
        kernel: "addRow",
        args: [aAt!, bAt!, sumAt!, columns],
        items: columns === 0 ? 0 : count / columns,
        cost: COST * columns,
      });
    }
    return sum;
  },
};

const isSame = (a: tf.TensorInfo, b: tf.TensorInfo) => String(a.shape) === String(b.shape);

const isRowOf = (row: tf.TensorInfo, x: tf.TensorInfo) =>
  row.shape.length === 1 && x.shape.length > 1 && x.shape.at(-1) === row.shape[0];

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
