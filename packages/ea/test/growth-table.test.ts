import {
  type GrowthSetting,
  growthSettings,
  growthTable,
  initialAlignment,
  measureRuntime,
  predictedRuntime,
  runtimeOnLinearFitness,
  tightRuntime,
} from "@muir/ea";
import { createRandom } from "@muir/random";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sample } from "./statistics.js";

const named = (name: string): GrowthSetting => growthSettings.find((s) => s.name === name)!;

describe("predictedRuntime", () => {
  const uniform = { locations: 64, values: 5, sampling: "uniform", initial: "random" } as const;
  const log = Math.log(64);
  test("is the paper's Table 1", () => {
    expect(predictedRuntime({ ...uniform, parts: 1 })).toBeCloseTo(5 * 64 * log, 9);
    expect(predictedRuntime({ ...uniform, parts: 8 })).toBeCloseTo(5 * 8 * (log / 2) ** 2, 9);
    expect(predictedRuntime({ ...uniform, parts: 64 })).toBeCloseTo(5 * log, 9);
  });

  test("is log L for proportional sampling from a disjoint start", () => {
    const setting = { ...uniform, sampling: "proportional", initial: "disjoint" } as const;
    expect(predictedRuntime({ ...setting, parts: 64 })).toBeCloseTo(log, 12);
    expect(predictedRuntime({ ...setting, parts: 8 })).toBeCloseTo(8 * log, 12);
  });

  test("rejects a start that may lack values", () => {
    const setting = { ...uniform, parts: 64, sampling: "proportional" } as const;
    expect(() => predictedRuntime(setting)).toThrow(
      'predictedRuntime: proportional sampling has a prediction for the "disjoint" start only; got "random".',
    );
    expect(() => tightRuntime(setting)).toThrow("tightRuntime: proportional sampling");
  });

  const sizes = fc.record({ exponent: fc.integer({ min: 2, max: 20 }), cut: fc.nat({ max: 20 }) });
  law("agrees with tightRuntime at both ends", sizes, ({ exponent, cut }) => {
    const locations = 2 ** exponent;
    for (const parts of [1, locations]) {
      const setting = { ...uniform, locations, parts };
      expect(predictedRuntime(setting)).toBe(tightRuntime(setting));
    }
    const parts = 2 ** Math.min(cut, exponent);
    expect(tightRuntime({ ...uniform, locations, parts })).toBeCloseTo(
      (5 * locations * Math.log(locations)) / parts,
      5,
    );
  });
});

describe("growthSettings", () => {
  test("are one part, the square root and one a location, each both ways", () => {
    expect(growthSettings.map(({ name }) => name)).toEqual([
      "uniform, D = 1",
      "uniform, D = sqrt(L)",
      "uniform, D = L",
      "proportional, D = 1",
      "proportional, D = sqrt(L)",
      "proportional, D = L",
    ]);
    const root = named("uniform, D = sqrt(L)");
    expect([16, 32, 7, 30].map(root.parts)).toEqual([4, 4, 1, 5]);
  });
});

describe("measureRuntime", () => {
  test("averages runs", () => {
    const setting = named("proportional, D = L");
    const random = createRandom(3);
    const initial = initialAlignment("disjoint", { locations: 32, modules: 32 });
    const options = { initial, optimum: new Int32Array(32), values: 32, parts: 32 };
    const { mean, error } = sample(
      () => runtimeOnLinearFitness({ ...options, sampling: "proportional" }, random),
      5,
    );
    const measured = measureRuntime(setting, { locations: 32, runs: 5 }, createRandom(3));
    expect(measured).toEqual({
      setting: "proportional, D = L",
      locations: 32,
      parts: 32,
      values: 32,
      runs: 5,
      mean,
      standardError: error,
    });
  });

  test("names a number that is out of range", () => {
    const measure = (groups: number, runs: number) =>
      measureRuntime(
        { ...named("uniform, D = 1"), groups },
        { locations: 8, runs },
        createRandom(1),
      );
    expect(() => measure(1, 1)).toThrow(
      "measureRuntime: runs must be at least 2, for a standard error; got 1.",
    );
    expect(() => measure(0, 2)).toThrow(
      "measureRuntime: groups must be a positive integer; got 0.",
    );
  });

  test("stays within reach with a few groups, as each module stands in its own group", () => {
    const setting = { ...named("proportional, D = L"), groups: 3 };
    const { mean } = measureRuntime(setting, { locations: 3000, runs: 5 }, createRandom(4));
    expect(mean).toBeLessThan(60); // of order groups * log L, not of order L
  });
});

describe("growthTable", () => {
  const options = { locations: [16, 64, 256], runs: 5 };

  test("refuses what cannot be predicted before it draws anything", () => {
    const settings = [{ ...named("proportional, D = L"), initial: "random" as const }];
    const random = () => expect.unreachable("drew a number");
    expect(() => growthTable({ ...options, settings }, random as never)).toThrow(
      "predictedRuntime: proportional",
    );
  });

  test("measures every setting at every size", () => {
    const rows = growthTable(options, createRandom(1));
    expect(rows).toHaveLength(18);
    for (const [i, row] of rows.entries()) {
      expect(row.setting).toBe(growthSettings[Math.floor(i / 3)]!.name);
      expect(row.locations).toBe(options.locations[i % 3]);
      expect(row.predicted).toBeGreaterThan(0);
      expect(row.standardError).toBeGreaterThan(0);
    }
    expect(rows.filter(({ locations }) => locations === 256).every((row) => row.ratio === 1)).toBe(
      true,
    );
    expect(growthTable(options, createRandom(1))).toEqual(rows);
  });

  test("leaves out rows over the budget", () => {
    const settings = [named("uniform, D = 1")];
    const rows = growthTable({ ...options, settings, budget: 2000 }, createRandom(1));
    expect(rows.map(({ locations }) => locations)).toEqual([16, 64]);
    expect(growthTable({ ...options, settings, budget: 1 }, createRandom(1))).toEqual([]);
  });

  const large = { locations: [2 ** 10, 2 ** 13], runs: 20, predict: tightRuntime };
  test.each(growthSettings)("$name grows as tightRuntime says", (setting) => {
    const [small] = growthTable({ ...large, settings: [setting] }, createRandom(2));
    expect(small!.ratio).toBeGreaterThan(0.8);
    expect(small!.ratio).toBeLessThan(1.25);
  });

  test("shows the paper's bound between D = 1 and D = L to be loose", () => {
    const settings = [named("uniform, D = sqrt(L)")];
    const locations = [2 ** 8, 2 ** 16];
    const rows = growthTable({ settings, locations, runs: 5 }, createRandom(2));
    expect(rows[0]!.ratio).toBeGreaterThan(1.5); // log L doubles; 1 would be tight
  });

  test.each([
    [{ runs: 1 }, "runs must be at least 2; got 1"],
    [{ runs: 2.5 }, "runs must be a positive integer; got 2.5"],
    [{ locations: [16, 1] }, "locations must be at least 2; got 1"],
  ])("rejects %j", (wrong, message) => {
    expect(() => growthTable(wrong, createRandom(1))).toThrow(`growthTable: ${message}`);
  });
});
