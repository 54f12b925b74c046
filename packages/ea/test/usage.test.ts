import { activeModules, usage } from "@muir/ea";
import { law } from "@muir/test-kit";
import { describe, expect, test } from "vitest";
import { alignments } from "./cases.js";

describe("usage", () => {
  test("counts locations by module", () => {
    expect(usage(Int32Array.of(2, 0, 2), 4)).toEqual(Int32Array.of(1, 0, 2, 0));
    expect(usage(new Int32Array(0), 2)).toEqual(Int32Array.of(0, 0));
  });

  law("counts every location once", alignments(), ({ alignment, modules }) => {
    const uses = usage(alignment, modules);
    expect(uses).toHaveLength(modules);
    expect(uses.reduce((sum, count) => sum + count)).toBe(alignment.length);
    expect(activeModules(alignment, modules)).toBe(new Set(alignment).size);
  });

  test("rejects what is no module", () => {
    expect(() => usage(Int32Array.of(0, 4), 4)).toThrow(
      "usage: alignment must hold integers from 0 to 3; got 4 at location 1.",
    );
    expect(() => activeModules(Int32Array.of(-1), 4)).toThrow("got -1 at location 0");
    expect(() => usage(Int32Array.of(0), 0)).toThrow("usage: modules must be a positive integer");
  });
});

test("activeModules counts modules that are used", () => {
  expect(activeModules(Int32Array.of(2, 0, 2), 4)).toBe(2);
  expect(activeModules(Int32Array.of(1, 1), 4)).toBe(1);
});
