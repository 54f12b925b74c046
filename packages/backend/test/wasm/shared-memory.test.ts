import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { withSharedMemory } from "../../src/wasm/shared-memory.js";

const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
/** A section of a module: its number, its length, its bytes. */
const section = (id: number, ...bytes: number[]) => [id, bytes.length, ...bytes];
const exported = section(7, 1, 1, 0x6d, 2, 0); // memory 0 as "m"
const moduleOf = (...sections: number[][]) => Uint8Array.from([...header, ...sections.flat()]);

const bufferOf = (binary: Uint8Array<ArrayBuffer>) => {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary));
  return (exports["m"] as WebAssembly.Memory).buffer;
};

describe("withSharedMemory", () => {
  test("makes the memory of a module one that threads can share", () => {
    const plain = moduleOf(section(5, 1, 1, 1, 2), exported);
    expect(bufferOf(plain)).toBeInstanceOf(ArrayBuffer);
    expect(bufferOf(withSharedMemory(plain))).toBeInstanceOf(SharedArrayBuffer);
    expect(bufferOf(plain)).toBeInstanceOf(ArrayBuffer);
  });

  test("leaves a memory that is shared as it is", () => {
    const shared = withSharedMemory(moduleOf(section(5, 1, 1, 1, 2), exported));
    expect(withSharedMemory(shared)).toEqual(shared);
  });

  test("changes one byte of the backend it is for", () => {
    const path = createRequire(import.meta.url)
      .resolve("@tensorflow/tfjs-backend-wasm")
      .replace(/[^/\\]*$/, "tfjs-backend-wasm-simd.wasm");
    const plain = readFileSync(path);
    const shared = withSharedMemory(plain);
    expect([...shared.keys()].filter((i) => shared[i] !== plain[i])).toHaveLength(1);
  });

  test.each([
    ["no memory", moduleOf()],
    ["a memory without a maximum", moduleOf(section(5, 1, 0, 1), exported)],
  ])("refuses a module with %s", (_, binary) => {
    expect(() => withSharedMemory(binary)).toThrow(
      "withSharedMemory: the module must declare one memory with a maximum; got none.",
    );
  });
});
