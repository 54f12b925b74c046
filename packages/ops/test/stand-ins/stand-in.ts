import * as tf from "@tensorflow/tfjs-core";

/** A tensor's shape and numbers, as a kernel sees them. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

/** A fused kernel written as the obvious loop, to stand in for one that a backend would bring. */
export interface StandIn {
  readonly name: string;
  compute(inputs: Readonly<Record<string, Numbers>>, attributes: never): Numbers[];
}

/** What `run` returns while cpu has these kernels. */
export function withKernels<T>(standIns: readonly StandIn[], run: () => T): T {
  for (const standIn of standIns) tf.registerKernel(kernelOf(standIn));
  try {
    return run();
  } finally {
    for (const { name } of standIns) tf.unregisterKernel(name, "cpu");
  }
}

/** A result of `shape` whose entries start at zero. */
export const zeros = (...shape: number[]): Numbers & { values: Float32Array } => ({
  shape,
  values: new Float32Array(tf.util.sizeFromShape(shape)),
});

interface CpuBackend {
  readSync(dataId: object): Float32Array | Int32Array;
  makeTensorInfo(shape: number[], dtype: tf.DataType, values: tf.TypedArray): tf.TensorInfo;
}

function kernelOf({ name, compute }: StandIn): tf.KernelConfig {
  return {
    kernelName: name,
    backendName: "cpu",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const cpu = backend as CpuBackend;
      const numbers = Object.fromEntries(
        Object.entries(inputs).map(([input, tensor]) => [
          input,
          { shape: tensor!.shape, values: cpu.readSync(tensor!.dataId) },
        ]),
      );
      return compute(numbers, attrs as never).map(({ shape, values }) => {
        const dtype = values instanceof Int32Array ? "int32" : "float32";
        return cpu.makeTensorInfo([...shape], dtype, values);
      });
    },
  };
}
