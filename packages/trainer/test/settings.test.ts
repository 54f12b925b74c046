import { law } from "@muir/test-kit";
import { completeSettings, defaultSettings, type TrainingSettings } from "@muir/trainer";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

describe("completeSettings", () => {
  test("fills in those of the paper's synthetic experiment", () => {
    const settings = completeSettings({ block: [20, 1], seed: 3 });
    expect(settings).toEqual({ ...defaultSettings, block: [20, 1], seed: 3 });
    expect(settings).toMatchObject({ contextSize: 1, lambda: 4, fraction: 1 });
    expect(settings).toMatchObject({ stepsPerGeneration: 100, generations: 1000 });
    expect(settings).toMatchObject({ learningRate: 1e-3, finalGenerations: 200 });
  });

  test("takes undefined for not given", () => {
    const given = { lambda: undefined, seed: 9 } as unknown as Partial<TrainingSettings>;
    expect(completeSettings(given)).toEqual({ ...defaultSettings, seed: 9 });
  });

  law(
    "leaves complete settings as they are",
    fc.record({
      block: fc.constantFrom([1, 1] as const, [16, 16] as const, [20, 1] as const),
      contextSize: fc.integer({ min: 1, max: 8 }),
      moduleDeviation: fc.constantFrom(null, 1e-3, 2),
      moduleLearningRate: fc.constantFrom(null, 0.02),
      contextLearningRate: fc.constantFrom(null, 0.01),
      adapterRank: fc.constantFrom(0, 1),
      modules: fc.option(fc.integer({ min: 2, max: 99 })),
      lambda: fc.integer({ min: 1, max: 9 }),
      fraction: fc.constantFrom(1e-9, 0.5, 1),
      reviveProbability: fc.constantFrom(0, 1e-4, 1),
      alpha: fc.constantFrom(null, 0.001, 0.999),
      patience: fc.option(fc.integer({ min: 1, max: 99 })),
      seed: fc.constantFrom(0, 1, 2 ** 32 - 1),
    }),
    (given) => {
      const settings = completeSettings(given);
      expect(settings).toMatchObject(given);
      expect(completeSettings(settings)).toEqual(settings);
    },
  );

  const wrong: [Record<string, unknown>, string][] = [
    [{ sharing: "all" }, 'sharing must be one of hypermodules, none; got "all".'],
    [{ block: [16] }, "block must be two positive integers [m, n]; got [16]."],
    [{ block: [0, 1] }, "block must be two positive integers [m, n]; got [0,1]."],
    [{ contextSize: -1 }, "contextSize must be an integer, 0 or more; got -1."],
    [{ adapterRank: -1 }, "adapterRank must be an integer, 0 or more; got -1."],
    [
      { adapterRank: 2, block: [20, 1] },
      "adapterRank must be at most 1, the smaller side of a block [20,1]; got 2.",
    ],
    [
      { adapterRank: 2, sharing: "none" },
      'adapterRank must be 0 with sharing "none", where there is nothing to adapt; got 2. Set sharing to "hypermodules".',
    ],
    [
      { contextSize: 0, selection: "none" },
      'initialAlignment must not be "disjoint" with contextSize 0 and selection "none"',
    ],
    [
      { initialScale: "printed", contextSize: 0 },
      'initialScale must be "variance" with contextSize 0',
    ],
    [
      { modules: 1 },
      'modules must be 2 or more for a search to choose among; got 1 with selection "belief".',
    ],
    [{ modules: 0 }, "modules must be a positive integer, or null; got 0."],
    [{ initialScale: "he" }, 'initialScale must be one of variance, printed; got "he".'],
    [
      { initialAlignment: "same" },
      'initialAlignment must be one of disjoint, hierarchical, random, given; got "same".',
    ],
    [{ alignment: [0, 0.5] }, "alignment must be a list of module numbers, or null; got [0,0.5]."],
    [
      { alignment: [0, 1] },
      'alignment must be a list of module numbers where initialAlignment is "given", and null elsewhere; got [0,1] with "disjoint".',
    ],
    [{ initialAlignment: "given" }, 'and null elsewhere; got null with "given".'],
    [{ selection: "best" }, 'selection must be one of belief, random, none; got "best".'],
    [{ lambda: 0 }, "lambda must be a positive integer; got 0."],
    [{ fraction: 0 }, "fraction must be above 0 and at most 1; got 0."],
    [{ fraction: 1.5 }, "fraction must be above 0 and at most 1; got 1.5."],
    [{ sampling: "fair" }, 'sampling must be one of proportional, uniform; got "fair".'],
    [{ reviveProbability: 2 }, "reviveProbability must be from 0 to 1; got 2."],
    [{ alpha: 1 }, "alpha must be above 0 and below 1, or null; got 1."],
    [{ finalAlpha: 0 }, "finalAlpha must be above 0 and below 1, or null; got 0."],
    [{ stepsPerGeneration: 0 }, "stepsPerGeneration must be a positive integer; got 0."],
    [{ burnIn: 0.5 }, "burnIn must be an integer, 0 or more; got 0.5."],
    [{ generations: 0 }, "generations must be a positive integer; got 0."],
    [{ finalGenerations: -1 }, "finalGenerations must be an integer, 0 or more; got -1."],
    [{ patience: 0 }, "patience must be a positive integer, or null; got 0."],
    [{ learningRate: Number.NaN }, "learningRate must be a positive number; got NaN."],
    [{ learningRate: "1e-3" }, 'learningRate must be a positive number; got "1e-3".'],
    [{ moduleDeviation: 0 }, "moduleDeviation must be a positive number, or null; got 0."],
    [
      { moduleDeviation: 0.1, contextSize: 0 },
      "moduleDeviation must be null with contextSize 0, where there are no contexts; got 0.1.",
    ],
    [{ moduleLearningRate: 0 }, "moduleLearningRate must be a positive number, or null; got 0."],
    [
      { contextLearningRate: -1 },
      "contextLearningRate must be a positive number, or null; got -1.",
    ],
    [
      { contextLearningRate: 0.1, contextSize: 0 },
      "contextLearningRate must be null with contextSize 0, where there are no contexts; got 0.1.",
    ],
    [
      { softLearningRate: Number.POSITIVE_INFINITY },
      "softLearningRate must be a positive number; got Infinity.",
    ],
    [{ seed: -1 }, "seed must be an integer from 0 to 4294967295; got -1."],
    [{ lamda: 4 }, "settings must be among sharing, block, "],
    [{ constructor: 4 }, 'got "constructor".'],
  ];
  test.each(wrong)("rejects %j", (given, message) => {
    expect(() => completeSettings(given)).toThrow(message);
    expect(() => completeSettings(given)).toThrow(RangeError);
  });

  test("has a rule for every setting", () => {
    const tested = new Set(wrong.flatMap(([given]) => Object.keys(given)));
    for (const name of Object.keys(defaultSettings)) expect(tested).toContain(name);
  });
});
