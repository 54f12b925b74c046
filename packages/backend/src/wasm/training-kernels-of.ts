import type { TrainingKernels } from "./training-kernels.js";
import { MEMORY_FLAGS_AT, PLAIN_BINARY, RELAXED_BINARY } from "./training-kernels-binary.js";
import type { WasmBackend } from "./wasm-backend.js";

/** The two builds of the kernels, the faster one first. */
export const BUILDS = ["relaxed", "plain"] as const;

export type Build = (typeof BUILDS)[number];

const binaries: Readonly<Record<Build, string>> = { relaxed: RELAXED_BINARY, plain: PLAIN_BINARY };

/** A backend that is started anew has a new memory, and so needs new kernels. */
const instances = new WeakMap<WasmBackend, TrainingKernels>();

/** The build this engine can run: with relaxed SIMD where it has it; none without SIMD. */
export function supportedBuild(): Build | undefined {
  return BUILDS.find((build) => WebAssembly.validate(decode(binaries[build])));
}

/**
 * The kernels on the memory of a backend, made at the first call.
 *
 * @throws {Error} if the engine has no SIMD; see {@link supportedBuild}.
 */
export function trainingKernelsOf(backend: WasmBackend): TrainingKernels {
  const known = instances.get(backend);
  if (known) return known;
  const build = supportedBuild();
  if (build === undefined) {
    throw new Error(
      "trainingKernelsOf: the engine must have WebAssembly SIMD; got one without. Use a newer Node or browser, or the backend as it comes.",
    );
  }
  const kernels = instantiateTrainingKernels(build, backend.wasm.asm.memory);
  instances.set(backend, kernels);
  return kernels;
}

/** The kernels of one build on a memory with a maximum of 4 GiB, shared or not. */
export function instantiateTrainingKernels(
  build: Build,
  memory: WebAssembly.Memory,
): TrainingKernels {
  const binary = decode(binaries[build]);
  // pages that are isolated for threads get a shared memory, which a module must ask for by a flag
  const isShared = memory.buffer.constructor.name === "SharedArrayBuffer";
  if (isShared) binary[MEMORY_FLAGS_AT[build]] = 3;
  const module = new WebAssembly.Module(binary);
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return exports as unknown as TrainingKernels;
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
