import {
  bankSizes,
  contextScale,
  createBank,
  drawModules,
  generateBlocks,
  settled,
} from "@muir/hypermodule";
import { createRandom } from "@muir/random";
import { law } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

/** Deviations that layers were designed for: He normal of a fan-in, LSTM of a width. */
const layers = fc.record({
  layer: fc.constantFrom(
    { kind: "dense, fan-in 20", deviation: Math.sqrt(2 / 20) },
    { kind: "conv2d 3x3x16", deviation: Math.sqrt(2 / (9 * 16)) },
    { kind: "conv1d 24x256", deviation: Math.sqrt(2 / (24 * 256)) },
    { kind: "lstm, width 256", deviation: 1 / Math.sqrt(256) },
  ),
  contextSize: fc.integer({ min: 1, max: 8 }),
  split: fc.constantFrom({}, { moduleDeviation: 0.02 }, { moduleDeviation: 3 }),
  seed: fc.noShrink(fc.nat()),
});

const disjoint = (count: number) => Int32Array.from({ length: count }, (_, l) => l);

describe("createBank", () => {
  law(
    "generates blocks with the deviation of their layer, however it is split",
    layers,
    ({ layer, contextSize, split, seed }) => {
      const locations = 16;
      const bank = createBank({
        modules: locations,
        contextSize,
        ...split,
        block: [16, 16],
        deviations: new Float32Array(locations).fill(layer.deviation),
        random: createRandom(seed),
      });
      const values = generateBlocks(bank, settled(disjoint(locations))).dataSync<"float32">();
      const variance = values.reduce((sum, x) => sum + x * x, 0) / values.length;
      // 4096 entries: the standard error of the variance is 2.2 %
      expect(Math.abs(variance / layer.deviation ** 2 - 1)).toBeLessThan(0.12);
    },
  );

  test("makes blocks sqrt(c) smaller with the formula as printed", () => {
    const options = { modules: 8, contextSize: 4, block: [4, 4], random: createRandom(1) } as const;
    const deviations = new Float32Array(8).fill(0.5);
    const printed = createBank({ ...options, deviations, scale: "printed" });
    expect(printed.contexts.dataSync()[0]).toBeCloseTo(0.25, 6);
    expect(contextScale(0.5, 4)).toBeCloseTo(0.5, 6);
  });

  test.each([1, 4])("splits the scale as it is told, c = %i", (contextSize) => {
    const options = { modules: 2, contextSize, block: [32, 32] as const };
    const deviations = Float32Array.of(0.1, 0.3);
    const draw = (split: object) =>
      createBank({ ...options, ...split, deviations, random: createRandom(1) });
    const usual = draw({});
    const loud = draw({ moduleDeviation: 0.05 });
    const factor = 0.05 * Math.sqrt(contextSize);
    expect(loud.modules).toBeCloseToTensor(tf.mul(usual.modules, factor), { rtol: 1e-6, atol: 0 });
    expect(loud.contexts).toBeCloseToTensor(tf.div(usual.contexts, factor), {
      ...{ rtol: 1e-6, atol: 0 },
    });
    const same = draw({ moduleDeviation: 1 / Math.sqrt(contextSize) });
    expect(same.modules.arraySync()).toEqual(usual.modules.arraySync());
    expect(same.contexts.arraySync()).toEqual(usual.contexts.arraySync());
  });

  test("draws the same bank for the same seed, whatever the backend", () => {
    const draw = () =>
      createBank({
        modules: 2,
        contextSize: 1,
        block: [2, 1],
        deviations: Float32Array.of(1, 1),
        random: createRandom(5),
      });
    expect(draw().modules.arraySync()).toEqual(draw().modules.arraySync());
  });

  test("gives an exactly shared module the deviation of the locations that use it", () => {
    const bank = createBank({
      modules: 2,
      contextSize: 0,
      block: [32, 32],
      deviations: Float32Array.of(0.1, 3),
      alignment: Int32Array.of(0, 1),
      random: createRandom(2),
    });
    const norms = bank.modules
      .arraySync()
      .map((module) => Math.sqrt(module.flat(2).reduce((s, x) => s + x * x, 0) / 1024));
    expect(norms[0]).toBeCloseTo(0.1, 2);
    expect(Math.abs(norms[1]! / 3 - 1)).toBeLessThan(0.1);
    expect(bankSizes(bank)).toEqual({ modules: 2, locations: 2, contextSize: 0, block: [32, 32] });
  });

  test("gives a module that unlike layers share exactly the smallest of their deviations", () => {
    const bank = createBank({
      modules: 1,
      contextSize: 0,
      block: [32, 32],
      deviations: Float32Array.of(3, 0.1, 0.7),
      alignment: Int32Array.of(0, 0, 0),
      random: createRandom(2),
    });
    const deviation = Math.sqrt(tf.mean(tf.square(bank.modules)).dataSync()[0]!);
    expect(Math.abs(deviation / 0.1 - 1)).toBeLessThan(0.1);
  });

  test("names the size that is out of range", () => {
    const options = {
      modules: 2,
      contextSize: 1,
      block: [2, 2] as const,
      deviations: Float32Array.of(1),
      random: () => 0.5,
    };
    expect(() => createBank({ ...options, modules: 0 })).toThrow("modules must be a positive");
    expect(() => createBank({ ...options, contextSize: -1 })).toThrow("contextSize must be 0");
    expect(() => createBank({ ...options, contextSize: 0 })).toThrow("alignment must name");
    expect(() => createBank({ ...options, moduleDeviation: 0 })).toThrow(
      "createBank: moduleDeviation must be a positive number; got 0.",
    );
    expect(() => createBank({ ...options, contextSize: 0, moduleDeviation: 1 })).toThrow(
      "createBank: moduleDeviation must be left out with contextSize 0",
    );
    expect(() => contextScale(1, 1, { moduleDeviation: Number.NaN })).toThrow(
      "contextScale: moduleDeviation must be a positive number; got NaN.",
    );
    expect(() => createBank({ ...options, deviations: Float32Array.of(0) })).toThrow(
      "createBank: deviations must be positive numbers; got 0 at location 0.",
    );
    expect(() => createBank({ ...options, scale: "foo" as never })).toThrow(
      'createBank: scale must be "variance" or "printed"; got "foo".',
    );
  });

  test("names what is wrong where there are no contexts, too", () => {
    const options = {
      modules: 2,
      contextSize: 0,
      block: [2, 2] as const,
      deviations: Float32Array.of(1, 1, 1),
      alignment: Int32Array.of(0, 1, 1),
      random: () => 0.5,
    };
    expect(() => createBank({ ...options, alignment: Int32Array.of(0, 2, -1) })).toThrow(
      "createBank: alignment must name modules from 0 to 1; got 2 at location 1.",
    );
    expect(() => createBank({ ...options, alignment: Int32Array.of(0, 1, -1) })).toThrow(
      "got -1 at location 2.",
    );
    for (const deviation of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      const deviations = Float32Array.of(1, 1, deviation);
      expect(() => createBank({ ...options, deviations })).toThrow(
        `createBank: deviations must be positive numbers; got ${deviation} at location 2.`,
      );
    }
    expect(() => createBank({ ...options, scale: "foo" as never })).toThrow("createBank: scale");
  });
});

describe("drawModules", () => {
  const deviations = Float32Array.of(0.1, 0.7); // root mean square 0.5
  const block = [32, 32] as const;
  const deviation = (values: Float32Array) =>
    Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

  test.each([1, 4])("draws as createBank does, c = %i", (contextSize) => {
    const random = createRandom(1);
    const values = drawModules(1, { contextSize, block, deviations, random });
    expect(values.length).toBe(contextSize * 32 * 32);
    expect(Math.abs(deviation(values) * Math.sqrt(contextSize) - 1)).toBeLessThan(0.05);
  });

  test("draws several as one after another", () => {
    const options = { contextSize: 2, block, deviations };
    const together = drawModules(3, { ...options, random: createRandom(1) });
    const random = createRandom(1);
    const single = [1, 2, 3].flatMap(() => [...drawModules(1, { ...options, random })]);
    expect([...together]).toEqual(single);
  });

  test("draws with the deviation it is told", () => {
    const options = { contextSize: 2, block, deviations, moduleDeviation: 0.1 };
    const values = drawModules(1, { ...options, random: createRandom(1) });
    expect(Math.abs(deviation(values) / 0.1 - 1)).toBeLessThan(0.05);
    expect(() => drawModules(1, { ...options, contextSize: 0, random: () => 0.5 })).toThrow(
      "drawModules: moduleDeviation must be left out",
    );
  });

  test("draws blocks that are shared exactly with the deviation of all locations", () => {
    const values = drawModules(1, { contextSize: 0, block, deviations, random: createRandom(1) });
    expect(values.length).toBe(32 * 32);
    expect(Math.abs(deviation(values) / 0.5 - 1)).toBeLessThan(0.05);
  });
});
