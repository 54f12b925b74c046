import * as tf from "@tensorflow/tfjs-core";
import { offsetOf } from "./wasm-backend.js";
import type { WasmKernel, WasmKernelCall } from "./wasm-kernel.js";

export interface SliceAttributes {
  readonly begin: number[];
  readonly size: number[];
}

/**
 * A box of entries. The backend's own kernel copies all of `x` out of its memory first, however
 * little is asked for.
 */
export const slice: WasmKernel<SliceAttributes> = {
  name: "Slice",
  covers: ({ x }) => x!.dtype !== "string" && x!.dtype !== "complex64",
  run(call) {
    const { begin, size } = call.attributes;
    const x = call.inputs["x"] as tf.Tensor;
    const [from, shape] = tf.slice_util.parseSliceParams(x, begin, size) as [number[], number[]];
    tf.slice_util.assertParamsValid(x, from, shape);
    return copyBox(call, { from, shape });
  },
};

/** The box of `inputs.x` that starts at `from`, as a new tensor of `shape`. */
export function copyBox(
  { inputs, backend, kernels }: WasmKernelCall<unknown>,
  { from, shape }: { from: readonly number[]; shape: readonly number[] },
): tf.TensorInfo {
  const x = inputs["x"]!;
  const box = backend.makeOutput([...shape], x.dtype);
  if (shape.includes(0)) return box;
  const bytes = tf.util.bytesPerElement(x.dtype);
  const steps = [...tf.util.computeStrides(x.shape), 1].slice(-x.shape.length);
  // the last axis that is not taken whole ends the runs that lie together in x
  const runAxis = Math.max(
    shape.findLastIndex((size, axis) => size !== x.shape[axis]),
    0,
  );
  const runBytes = bytes * tf.util.sizeFromShape(shape.slice(runAxis));
  const outerAxes = [...shape.keys()].slice(0, runAxis);
  const [outerAxis, innerAxis] = [outerAxes.at(-2), outerAxes.at(-1)];
  const count = (axis: number | undefined) => (axis === undefined ? 1 : shape[axis]!);
  const step = (axis: number | undefined) => (axis === undefined ? 0 : bytes * steps[axis]!);
  const first = from.reduce((sum, start, axis) => sum + start * (steps[axis] ?? 1), 0);
  const boxAt = offsetOf(backend, box);
  let target = boxAt;
  forEachIndex(shape.slice(0, Math.max(runAxis - 2, 0)), (index) => {
    const further = index.reduce((sum, at, axis) => sum + at * steps[axis]!, 0);
    kernels.copyRuns(
      offsetOf(backend, x) + bytes * (first + further),
      target,
      count(outerAxis),
      step(outerAxis),
      count(innerAxis),
      step(innerAxis),
      runBytes,
    );
    target += count(outerAxis) * count(innerAxis) * runBytes;
  });
  return box;
}

/** Visits every index of `shape` in row-major order; once, with none, where there are no axes. */
function forEachIndex(shape: readonly number[], visit: (index: readonly number[]) => void): void {
  const index = shape.map(() => 0);
  const count = tf.util.sizeFromShape([...shape]);
  for (let i = 0; i < count; i++) {
    visit(index);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = index[axis]! + 1;
      if (index[axis]! < shape[axis]!) break;
      index[axis] = 0;
    }
  }
}
