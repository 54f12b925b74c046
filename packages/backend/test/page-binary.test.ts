import { afterEach, expect, test, vi } from "vitest";
import { fetchBinary } from "../src/wasm/page-binary.js";

const NAME = "tfjs-backend-wasm-simd.wasm";
const binary = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/** Answers every request, and says what was asked for. */
function answering(answer: () => Response): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (address: string) => {
    asked.push(address);
    return answer();
  });
  return asked;
}
afterEach(() => vi.unstubAllGlobals());

test.each([
  ["/wasm", `/wasm/${NAME}`],
  ["/wasm/", `/wasm/${NAME}`],
  ["", NAME],
  [{ [NAME]: "/assets/simd-BrM3.wasm" }, "/assets/simd-BrM3.wasm"],
])("of %o it asks for %s", async (paths, address) => {
  const asked = answering(() => new Response(binary));
  expect(await fetchBinary(NAME, paths)).toEqual({ address, bytes: binary });
  expect(asked).toEqual([address]);
});

test("one that is not served is named, with its status", async () => {
  answering(() => new Response("", { status: 404 }));
  await expect(fetchBinary(NAME, "/wasm/")).rejects.toMatchObject({
    problem: `/wasm/${NAME} must be served; got status 404.`,
    remedy: expect.stringContaining("{ wasmPaths }"),
  });
});

test("one that cannot be reached is named, with why", async () => {
  answering(() => {
    throw new TypeError("Failed to fetch");
  });
  await expect(fetchBinary(NAME, "/wasm/")).rejects.toMatchObject({
    problem: `/wasm/${NAME} must be served; got Failed to fetch.`,
  });
});

test("a page in its place is not taken for it", async () => {
  const headers = { "Content-Type": "text/html" };
  answering(() => new Response("<!doctype html>", { headers }));
  await expect(fetchBinary(NAME, "/wasm/")).rejects.toMatchObject({
    problem: `/wasm/${NAME} must be a WebAssembly file; got 15 bytes (text/html).`,
  });
});

test("a file that was not named is, with those that were", async () => {
  await expect(fetchBinary(NAME, { "simd.wasm": "/simd.wasm" })).rejects.toMatchObject({
    problem: `wasmPaths must name ${NAME}; got simd.wasm.`,
  });
});
