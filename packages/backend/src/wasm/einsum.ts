import * as tf from "@tensorflow/tfjs-core";
import { multiplyStacks } from "./batch-mat-mul.js";
import type { KernelInputs, WasmKernel, WasmKernelCall } from "./wasm-kernel.js";

export interface EinsumAttributes {
  readonly equation: string;
}

/** An operand with the number of each of its axes: output axes come first, in their order. */
interface Operand {
  readonly tensor: tf.TensorInfo;
  readonly axes: readonly number[];
}

/**
 * Sums of products of one or two tensors by Einstein's convention, which the backend has no kernel for:
 * axes that only one operand has and the output lacks are summed, and what is left is a stack of
 * matrix products.
 */
export const einsum: WasmKernel<EinsumAttributes> = {
  name: "Einsum",
  covers: (inputs) => Object.values(inputs).every(({ dtype }) => dtype === "float32"),
  run(call) {
    const tensors = Object.values(call.inputs);
    const { equation } = call.attributes;
    const { allDims, summedDims, idDims } = tf.backend_util.decodeEinsumEquation(
      equation,
      tensors.length,
    );
    tf.backend_util.checkEinsumDimSizes(allDims.length, idDims, tensors as tf.Tensor[]);
    const outputs = allDims.length - summedDims.length;
    const own: tf.TensorInfo[] = []; // made on the way, and given back
    const keep = (tensor: tf.TensorInfo) => {
      own.push(tensor);
      return tensor;
    };
    const operands = tensors.map((tensor, i) => ({ tensor, axes: idDims[i]! }));
    const reduced = operands.map((operand, i) => {
      const isAlone = (axis: number) =>
        axis >= outputs && operands.every(({ axes }, j) => i === j || !axes.includes(axis));
      return summed(call, operand, { isAlone, keep });
    });
    const product =
      reduced.length === 1 ? reduced[0]! : contracted(call, reduced, { outputs, keep });
    const result = ordered(call, product, [...Array(outputs).keys()]);
    for (const tensor of own) call.backend.disposeData(tensor.dataId);
    return result;
  },
};

interface Making {
  keep(tensor: tf.TensorInfo): tf.TensorInfo;
}

/** An operand without the axes that nobody else has and the output does not want. */
function summed(
  call: WasmKernelCall<unknown>,
  { tensor, axes }: Operand,
  { isAlone, keep }: Making & { isAlone(axis: number): boolean },
): Operand {
  const places = [...axes.keys()].filter((place) => isAlone(axes[place]!));
  if (places.length === 0) return { tensor, axes };
  const inputs = { x: tensor };
  const sum = runKernel(call, "Sum", { inputs, attributes: { axis: places, keepDims: false } });
  return { tensor: keep(sum), axes: axes.filter((axis) => !isAlone(axis)) };
}

/** The products of two operands, summed over the axes that both have and the output lacks. */
function contracted(
  call: WasmKernelCall<unknown>,
  [a, b]: readonly Operand[],
  { outputs, keep }: Making & { outputs: number },
): Operand {
  const inBoth = a!.axes.filter((axis) => b!.axes.includes(axis));
  const batch = inBoth.filter((axis) => axis < outputs);
  const inner = inBoth.filter((axis) => axis >= outputs);
  const rows = a!.axes.filter((axis) => !inBoth.includes(axis));
  const columns = b!.axes.filter((axis) => !inBoth.includes(axis));
  const sizeOf = (axes: readonly number[]) =>
    axes.map((axis) =>
      a!.axes.includes(axis)
        ? a!.tensor.shape[a!.axes.indexOf(axis)]!
        : b!.tensor.shape[b!.axes.indexOf(axis)]!,
    );
  const total = (axes: readonly number[]) => tf.util.sizeFromShape(sizeOf(axes));
  const left = keep(ordered(call, a!, [...batch, ...rows, ...inner]));
  const right = keep(ordered(call, b!, [...batch, ...inner, ...columns]));
  const product = multiplyStacks({
    ...call,
    attributes: { transposeA: false, transposeB: false },
    inputs: {
      a: { ...left, shape: [total(batch), total(rows), total(inner)] },
      b: { ...right, shape: [total(batch), total(inner), total(columns)] },
    },
  });
  const axes = [...batch, ...rows, ...columns];
  return { tensor: { ...keep(product), shape: sizeOf(axes) }, axes };
}

/** An operand with its axes in this order, as a tensor of its own. */
function ordered(
  call: WasmKernelCall<unknown>,
  { tensor, axes }: Operand,
  order: readonly number[],
): tf.TensorInfo {
  const perm = order.map((axis) => axes.indexOf(axis));
  if (perm.some((place, i) => place !== i)) {
    return runKernel(call, "Transpose", { inputs: { x: tensor }, attributes: { perm } });
  }
  call.backend.incRef(tensor.dataId);
  return tensor;
}

function runKernel(
  { backend }: WasmKernelCall<unknown>,
  name: string,
  { inputs, attributes }: { inputs: KernelInputs; attributes: tf.NamedAttrMap },
): tf.TensorInfo {
  const { kernelFunc } = tf.getKernel(name, "wasm");
  return kernelFunc({ inputs: { ...inputs }, backend, attrs: attributes }) as tf.TensorInfo;
}
