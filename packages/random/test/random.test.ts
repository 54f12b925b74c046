import { createRandom, restoreRandom, standardNormal } from "@muir/random";
import { law, randomSeeds } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const draws = (random: () => number, count: number) => Array.from({ length: count }, random);

describe("createRandom", () => {
  law("repeats itself for the same seed", randomSeeds(), (seed) => {
    expect(draws(createRandom(seed), 20)).toEqual(draws(createRandom(seed), 20));
  });

  law("stays in [0, 1)", randomSeeds(), (seed) => {
    expect(draws(createRandom(seed), 50).every((u) => u >= 0 && u < 1)).toBe(true);
  });

  const labels = fc.record({ seed: randomSeeds(), before: fc.nat({ max: 9 }), label: fc.string() });
  law("splits by label, whatever was drawn before", labels, ({ seed, before, label }) => {
    const parent = createRandom(seed);
    draws(parent, before);
    expect(draws(parent.split(label), 5)).toEqual(draws(createRandom(seed).split(label), 5));
  });

  law("gives different labels different numbers", randomSeeds(), (seed) => {
    const random = createRandom(seed);
    expect(draws(random.split("a"), 3)).not.toEqual(draws(random.split("b"), 3));
  });

  const cuts = fc.record({ seed: randomSeeds(), before: fc.nat({ max: 9 }) });
  law("goes on from a saved state", cuts, ({ seed, before }) => {
    const random = createRandom(seed);
    draws(random, before);
    const saved = JSON.parse(JSON.stringify(random.state()));
    const restored = restoreRandom(saved);
    expect(draws(restored, 10)).toEqual(draws(random, 10));
    expect(restored.split("x")()).toBe(random.split("x")());
  });

  test.each([
    null,
    {},
    { key: 0.5, position: [1, 2, 3, 4] },
    { key: 1, position: [1, 2] },
    { key: 1, position: [1, 2, 3, Number.NaN] },
    { key: 1, position: [0, 0, 0, 0] },
  ])("does not go on from %j", (state) => {
    expect(() => restoreRandom(state as never)).toThrow(
      new TypeError(
        `restoreRandom: state must hold an integer key and a position of four integers, not all 0; got ${JSON.stringify(state)}.`,
      ),
    );
  });

  test("takes 0 as a seed like any other", () => {
    expect(createRandom(0)()).not.toBe(createRandom(1)());
  });

  test.each([-1, 0.5, 2 ** 32, Number.NaN])("rejects %s as a seed", (seed) => {
    expect(() => createRandom(seed)).toThrow("createRandom: seed must be an integer");
  });
});

test("standardNormal has mean 0 and variance 1", () => {
  const random = createRandom(3);
  const sample = draws(() => standardNormal(random), 20_000);
  const mean = sample.reduce((a, b) => a + b) / sample.length;
  const variance = sample.reduce((a, b) => a + (b - mean) ** 2, 0) / sample.length;
  expect(Math.abs(mean)).toBeLessThan(0.02); // standard error 0.007
  expect(Math.abs(variance - 1)).toBeLessThan(0.03); // standard error 0.01
});
