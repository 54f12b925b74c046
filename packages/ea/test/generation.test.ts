import { initialAlignment, propose, select } from "@muir/ea";
import { createRandom, type Random, restoreRandom } from "@muir/random";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { searches } from "./cases.js";

describe("a search", () => {
  const cuts = fc.record({ search: searches(), before: fc.nat({ max: 4 }) });
  law("goes on from a saved alignment and random state", cuts, ({ search, before }) => {
    const { options, seed } = search;
    const advance = (from: Int32Array, random: Random, generations: number) => {
      let alignment = from;
      for (let generation = 0; generation < generations; generation++) {
        const proposal = propose(alignment, options, random);
        const slots = proposal.locations.length * (options.lambda + 1);
        alignment = select(proposal, Float32Array.from({ length: slots }, random));
      }
      return alignment;
    };
    const random = createRandom(seed);
    const halfway = advance(search.alignment, random, before);
    const saved = JSON.stringify({ alignment: [...halfway], random: random.state() });
    const whole = advance(halfway, random, 5);

    const restored = JSON.parse(saved);
    const { modules } = options;
    const { length } = search.alignment;
    const alignment = initialAlignment("given", { ...restored, locations: length, modules });
    expect(advance(alignment, restoreRandom(restored.random), 5)).toEqual(whole);
    expect(advance(search.alignment, createRandom(seed), before + 5)).toEqual(whole);
  });
});

describe("a generation at a hundred thousand locations", () => {
  const locations = 100_000;
  afterEach(() => vi.unstubAllGlobals());

  test.each(["proportional", "uniform"] as const)("allocates little when %s", (sampling) => {
    const allocated = countTypedArrayBytes();
    const alignment = initialAlignment("disjoint", { locations, modules: locations });
    // half of the modules are out of use, and some of them are revived
    for (let location = 0; location < locations; location++) alignment[location]! >>= 1;
    const options = { modules: locations, lambda: 1, fraction: 0.5, sampling } as const;
    const beliefs = Float32Array.from({ length: locations }, () => 0.5);
    const before = allocated();
    select(propose(alignment, { ...options, reviveProbability: 0.01 }, createRandom(1)), beliefs);
    const bytes = allocated() - before;
    expect(bytes).toBeGreaterThan(8 * locations); // the results alone
    expect(bytes).toBeLessThan(24 * locations);
  });

  test("takes a fraction of a second", () => {
    const alignment = initialAlignment("disjoint", { locations, modules: locations });
    const beliefs = new Float32Array(locations).fill(0.5);
    const start = performance.now();
    const options = { modules: locations, lambda: 1, fraction: 0.5 };
    select(propose(alignment, { ...options, sampling: "uniform" }, createRandom(1)), beliefs);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

/** Makes every typed array report its own buffer, kept or thrown away. */
function countTypedArrayBytes(): () => number {
  let bytes = 0;
  const counting = {
    construct: (target: Int32ArrayConstructor, given: unknown[], called: NewableFunction) => {
      const array = Reflect.construct(target, given, called);
      bytes += array.byteLength;
      return array;
    },
  };
  const kinds = ["Int8Array", "Uint8Array", "Int16Array", "Uint16Array", "Int32Array"];
  for (const kind of [...kinds, "Uint32Array", "Float32Array", "Float64Array"] as const) {
    const original = globalThis[kind as "Int32Array"];
    vi.stubGlobal(kind, new Proxy(original, counting));
  }
  return () => bytes;
}
