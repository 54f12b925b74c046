import type { TrainingKernels } from "./training-kernels.js";
import { MEMORY_FLAGS_AT, PLAIN_BINARY, RELAXED_BINARY } from "./training-kernels-binary.js";

/** The two builds of the kernels, the faster one first. */
export const BUILDS = ["relaxed", "plain"] as const;

export type Build = (typeof BUILDS)[number];

const binaries: Readonly<Record<Build, string>> = { relaxed: RELAXED_BINARY, plain: PLAIN_BINARY };

/** The build this engine can run now: with relaxed SIMD where it has it; none without SIMD. */
export function supportedBuild(): Build | undefined {
  return BUILDS.find((build) => WebAssembly.validate(decode(binaries[build])));
}

/**
 * The compiled module of one build, for a memory that is shared between threads or not.
 *
 * @param build the fastest that the engine can run, unless told otherwise.
 * @throws {Error} if the engine has no SIMD; see {@link supportedBuild}.
 */
export function trainingKernelsModule(
  { isShared }: { isShared: boolean },
  build: Build | undefined = supportedBuild(),
): WebAssembly.Module {
  if (build === undefined) {
    throw new Error(
      "trainingKernelsModule: the engine must have WebAssembly SIMD; got one without. Use a newer Node or browser, or the backend as it comes.",
    );
  }
  const binary = decode(binaries[build]);
  // a module must ask by a flag for a memory that is shared
  if (isShared) binary[MEMORY_FLAGS_AT[build]] = 3;
  return new WebAssembly.Module(binary);
}

/** The kernels on a memory with a maximum of 4 GiB, shared or not. */
export function instantiateTrainingKernels(
  memory: WebAssembly.Memory,
  build?: Build,
): TrainingKernels {
  const module = trainingKernelsModule({ isShared: isShared(memory) }, build);
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return exports as unknown as TrainingKernels;
}

/** Whether threads can work on a memory. Its class may be that of another realm. */
export function isShared(memory: WebAssembly.Memory): boolean {
  return memory.buffer.constructor.name === "SharedArrayBuffer";
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
