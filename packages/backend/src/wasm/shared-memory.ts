/** WebAssembly section that declares a module's own memory. */
const MEMORY_SECTION = 5;
const HAS_MAXIMUM = 1;
const IS_SHARED = 2;

/**
 * A WebAssembly module like `binary` whose memory can be shared between threads.
 *
 * The memory differs in one flag; the code stays as it is, and stays right, as long as only one thread
 * runs it and other threads write to nothing but what they are told to.
 *
 * @throws {Error} if the module declares no memory of its own with a maximum.
 */
export function withSharedMemory(binary: Uint8Array): Uint8Array<ArrayBuffer> {
  const shared = Uint8Array.from(binary);
  let at = 8; // after the magic number and the version
  while (at < shared.length) {
    const id = shared[at]!;
    const { value: size, next: start } = readUnsigned(shared, at + 1);
    if (id === MEMORY_SECTION) {
      const { value: memories, next: flagsAt } = readUnsigned(shared, start);
      const flags = shared[flagsAt]!;
      if (memories !== 1 || (flags & ~IS_SHARED) !== HAS_MAXIMUM) break;
      shared[flagsAt] = HAS_MAXIMUM | IS_SHARED;
      return shared;
    }
    at = start + size;
  }
  throw new Error(
    "withSharedMemory: the module must declare one memory with a maximum; got none. Use @tensorflow/tfjs-backend-wasm 4.22, or one thread.",
  );
}

/** A number as WebAssembly encodes it: seven bits a byte, the lowest first. */
function readUnsigned(bytes: Uint8Array, at: number): { value: number; next: number } {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++]!;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return { value, next: at };
  }
}
