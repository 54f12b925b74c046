import type * as tf from "@tensorflow/tfjs-core";

/** What kernels use of the backend that `@tensorflow/tfjs-backend-wasm` registers. */
export interface WasmBackend {
  readonly wasm: {
    /** The exports of the WebAssembly instance; its build for threads imports its memory. */
    readonly asm: { readonly memory?: WebAssembly.Memory };
    readonly wasmMemory?: WebAssembly.Memory;
    /** Returns 0 when there is no more memory. */
    _malloc(bytes: number): number;
    _free(offset: number): void;
  };
  readonly dataIdMap: { get(dataId: object): { readonly memoryOffset: number } };
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
  disposeData(dataId: object): boolean;
  /** One tensor more shares these numbers. */
  incRef(dataId: object): void;
}

/**
 * The memory that a backend's tensors lie in.
 *
 * @throws {Error} if the backend hides it, as no version known to us does.
 */
export function memoryOf({ wasm }: WasmBackend): WebAssembly.Memory {
  const memory = wasm.asm.memory ?? wasm.wasmMemory;
  if (memory === undefined) {
    throw new Error(
      "memoryOf: the wasm backend must show its memory; got one that does not. Use @tensorflow/tfjs-backend-wasm 4.22.",
    );
  }
  return memory;
}

/**
 * The byte in WebAssembly memory where a tensor's numbers start.
 *
 * It stays valid while the tensor lives, also when the memory grows; a typed array over the memory
 * does not.
 *
 * @throws {Error} if there was no memory left for it.
 */
export function offsetOf(backend: WasmBackend, tensor: tf.TensorInfo): number {
  const { memoryOffset } = backend.dataIdMap.get(tensor.dataId);
  if (memoryOffset === 0 && !tensor.shape.includes(0)) throw outOfMemory("offsetOf");
  return memoryOffset;
}

/**
 * The numbers of a float32 tensor, not copied. To be asked for after everything is allocated: an
 * allocation may grow the memory and leave this view empty.
 */
export function floatsOf(backend: WasmBackend, tensor: tf.TensorInfo): Float32Array {
  const count = tensor.shape.reduce((product, size) => product * size, 1);
  const offset = offsetOf(backend, tensor);
  return new Float32Array(memoryOf(backend).buffer, offset, count);
}

/**
 * Runs `use` with `bytes` of WebAssembly memory that are free again afterwards. They hold anything.
 *
 * @throws {Error} if there is no memory left.
 */
export function withScratch<T>(backend: WasmBackend, bytes: number, use: (offset: number) => T): T {
  const offset = backend.wasm._malloc(Math.max(bytes, 16)) >>> 0; // signed above 2 GiB
  if (offset === 0) throw outOfMemory("withScratch");
  try {
    return use(offset);
  } finally {
    backend.wasm._free(offset);
  }
}

/** Runs `use` with copies of lists of numbers in WebAssembly memory, given by their offsets. */
export function withNumbers<T>(
  backend: WasmBackend,
  lists: readonly (Int32Array | Float32Array)[],
  use: (offsets: readonly number[]) => T,
): T {
  const count = lists.reduce((sum, { length }) => sum + length, 0);
  return withScratch(backend, 4 * count, (scratch) => {
    const { buffer } = memoryOf(backend);
    let at = scratch;
    const offsets = lists.map((list) => {
      const offset = at;
      const copy = list instanceof Int32Array ? Int32Array : Float32Array;
      new copy(buffer, offset, list.length).set(list);
      at += 4 * list.length;
      return offset;
    });
    return use(offsets);
  });
}

function outOfMemory(where: string): Error {
  return new Error(
    `${where}: the WebAssembly memory must have room for another tensor; got none of its 4 GiB. Dispose tensors, or take smaller batches.`,
  );
}
