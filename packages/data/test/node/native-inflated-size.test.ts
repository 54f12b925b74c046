import { deflateSync } from "node:zlib";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inflatedSize } from "../../src/images/inflated-size.js";
import { nativeInflatedSize } from "../../src/node/native-inflated-size.js";

/** A text in as many parts as it is cut into. */
const cut = (bytes: Uint8Array, at: number) => [bytes.subarray(0, at), bytes.subarray(at)];

describe("nativeInflatedSize", () => {
  law(
    "counts what JavaScript counts, and knows as well when it is more than the limit",
    fc.tuple(fc.uint8Array({ maxLength: 5000 }), fc.nat(6000), fc.nat(100)),
    ([bytes, limit, at]) => {
      const parts = cut(deflateSync(bytes), at);
      const [own, native] = [inflatedSize(parts, limit + 1), nativeInflatedSize(parts, limit + 1)];
      expect(native > limit + 1).toBe(own > limit + 1);
      if (own <= limit + 1) expect(native).toBe(own);
    },
  );

  test("holds no more than the limit of what comes out", () => {
    const bomb = [deflateSync(new Uint8Array(1e8))];
    const before = process.memoryUsage().arrayBuffers;
    expect(nativeInflatedSize(bomb, 1000)).toBe(1001);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1e7);
  });

  test("throws where the parts are damaged", () => {
    expect(() => nativeInflatedSize([Uint8Array.of(1, 2, 3)], 10)).toThrow(
      "incorrect header check",
    );
    const cutShort = deflateSync(new Uint8Array(500)).subarray(0, 8);
    expect(() => nativeInflatedSize([cutShort], 1000)).toThrow("unexpected end of file");
  });
});
