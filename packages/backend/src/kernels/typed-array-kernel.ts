import * as tf from "@tensorflow/tfjs-core";

/** A kernel that computes on plain numbers, so that one definition serves every backend with a heap. */
export interface TypedArrayKernel<Attributes> {
  readonly name: string;
  /** Input names in the order `compute` takes them; the names ending in `?` may be absent. */
  readonly inputs: readonly string[];
  outputShapes(inputs: readonly KernelInput[], attributes: Attributes): number[][];
  /** Writes every entry of every output; outputs are not zeroed and overlap no input. */
  compute(
    inputs: readonly KernelInput[],
    outputs: readonly Float32Array[],
    attributes: Attributes,
  ): void;
}

/** One input: row-major values that must not be written to. */
export interface KernelInput {
  readonly shape: readonly number[];
  /** Of another kind where the tensor is not float32: the kernel knows. */
  readonly values: Float32Array;
}

/** How a backend hands out and receives the numbers of its tensors without copying them. */
interface NumberAccess {
  allocate(shape: number[]): tf.TensorInfo;
  values(tensor: tf.TensorInfo): Float32Array;
}

const ours = new WeakSet<tf.KernelFunc>();

/**
 * Registers a kernel for one backend, in the place of its own if `replace`; registering it again
 * changes nothing.
 *
 * @throws {RangeError} if that backend's numbers cannot be reached from the host.
 */
export function registerTypedArrayKernel<Attributes>(
  kernel: TypedArrayKernel<Attributes>,
  backendName: string,
  { replace = false }: { replace?: boolean } = {},
): void {
  const access = accessOf[backendName];
  if (access === undefined) {
    throw new RangeError(
      `registerTypedArrayKernel: backend must be "cpu" or "wasm"; got "${backendName}".`,
    );
  }
  const registered = tf.getKernel(kernel.name, backendName);
  if (registered != null && (!replace || ours.has(registered.kernelFunc))) return;
  const kernelFunc: tf.KernelFunc = ({ inputs, attrs, backend }) => {
    const numbers = access(backend);
    const attributes = attrs as unknown as Attributes;
    const given = kernel.inputs.flatMap((name) => inputs[name] ?? []);
    const described = given.map(({ shape, dataId, dtype }) => ({
      shape,
      // read on demand: an allocation may move the heap under a view taken earlier
      get values() {
        return numbers.values({ dataId, shape, dtype });
      },
    }));
    const outputs = kernel.outputShapes(described, attributes).map(numbers.allocate);
    const inputsNow = described.map(({ shape, values }) => ({ shape, values }));
    kernel.compute(inputsNow, outputs.map(numbers.values), attributes);
    return outputs.length === 1 ? outputs[0]! : outputs;
  };
  ours.add(kernelFunc);
  if (registered != null) tf.unregisterKernel(kernel.name, backendName);
  tf.registerKernel({ kernelName: kernel.name, backendName, kernelFunc });
}

const accessOf: Readonly<Record<string, (backend: unknown) => NumberAccess>> = {
  cpu(backend) {
    const cpu = backend as {
      makeTensorInfo(shape: number[], dtype: "float32", values: Float32Array): tf.TensorInfo;
      readSync(dataId: object): Float32Array;
    };
    return {
      allocate: (shape) =>
        cpu.makeTensorInfo(shape, "float32", new Float32Array(tf.util.sizeFromShape(shape))),
      values: ({ dataId }) => cpu.readSync(dataId),
    };
  },
  wasm(backend) {
    const wasm = backend as {
      makeOutput(shape: number[], dtype: "float32"): tf.TensorInfo;
      typedArrayFromHeap(tensor: tf.TensorInfo): Float32Array;
    };
    return {
      allocate: (shape) => wasm.makeOutput(shape, "float32"),
      values: (tensor) => wasm.typedArrayFromHeap(tensor),
    };
  },
};
