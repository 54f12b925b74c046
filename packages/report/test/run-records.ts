import { createRandom } from "@muir/random";
import type { GenerationRecord, RunRecord, RunSummary } from "@muir/report";
import { randomSeeds } from "@muir/test-kit";
import fc from "fast-check";

interface Draw {
  readonly seed: number;
  readonly locations: number;
  readonly spare: number;
  readonly generations: number;
  readonly tasks: readonly number[];
  readonly losses: "positive" | "some zero" | "any" | "all zero";
  readonly grouped: boolean;
  readonly named: boolean;
  readonly ended: boolean;
}

/** Cases for laws that draw a figure, and for those that draw a page of some ten. */
export const figures = { runs: 40 };
export const pages = { runs: 15 };

/** From the narrowest a figure can be to a wide one. */
export const widths = fc.constantFrom(240, 360, 560, 760, 1200);

/**
 * Runs of every kind a folder can hold: none, one or a few generations and locations, any number of
 * tasks, stacked or not, losses of 30 decades, zero, negative or missing, ended or going on.
 */
export const runRecords = ({ fewestLocations = 0, fewestGenerations = 0, ended = false } = {}) =>
  fc
    .record<Draw>({
      seed: randomSeeds(),
      locations: fc.integer({ min: fewestLocations, max: 7 }),
      spare: fc.integer({ min: 0, max: 3 }),
      generations: fc.integer({ min: fewestGenerations, max: 9 }),
      tasks: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 }),
      losses: fc.constantFrom("positive", "some zero", "any", "all zero"),
      grouped: fc.boolean(),
      named: fc.boolean(),
      ended: ended ? fc.constant(true) : fc.boolean(),
    })
    .map(runRecord);

function runRecord(draw: Draw): RunRecord {
  const random = createRandom(draw.seed);
  const whole = (below: number) => Math.floor(random() * below);
  const modules = draw.locations + draw.spare;
  const loss = () => drawLoss(draw.losses, random);
  const losses = (count: number) => Array.from({ length: count }, loss);
  const generations = Array.from({ length: draw.generations }, (_, i): GenerationRecord => {
    const share = i / draw.generations;
    return {
      generation: i + 1,
      phase: share < 0.2 ? "burn-in" : share < 0.7 ? "search" : "final",
      trainLoss: loss(),
      validationLoss: loss(),
      tasks: Object.fromEntries(
        draw.tasks.map((size, task) => [
          `task${task}`,
          {
            metric: task === 2 ? "accuracy" : "rmse",
            ...(task > 0 && { better: task === 2 ? "higher" : "lower" }), // early runs do not say
            trainLoss: losses(size),
            validationLoss: losses(size),
            validationMetric: losses(size),
          },
        ]),
      ),
      activeModules: whole(modules + 1),
      changedLocations: whole(draw.locations + 1),
      parameters: whole(1000),
      best: random() < 0.4,
      stepMilliseconds: random(),
    };
  });
  return {
    config: {
      experiment: "synthetic",
      variant: "clean",
      method: draw.locations === 0 ? "stl" : "muir",
      seed: draw.seed,
      locations: draw.locations,
      modules,
      originalParameters: whole(900),
      ...(draw.grouped && { groups: Array.from({ length: draw.locations }, () => whole(3)) }),
      ...(draw.named && {
        locationNames: Array.from(
          { length: draw.locations },
          (_, i) => `task${i % 3}/weight[${i}] row 0 column 0`,
        ),
      }),
    },
    generations,
    alignments: Int32Array.from({ length: draw.locations * (draw.generations + 1) }, () =>
      whole(modules),
    ),
    ...(draw.ended && { summary: summaryOf(draw, random) }),
  };
}

function drawLoss(kind: Draw["losses"], random: () => number): number {
  const positive = 10 ** (30 * random() - 20);
  const roll = random();
  if (kind === "all zero" || (kind === "some zero" && roll < 0.3)) return 0;
  if (kind !== "any") return positive;
  return roll < 0.2 ? Number.NaN : roll < 0.5 ? -positive : positive;
}

function summaryOf(draw: Draw, random: () => number): RunSummary {
  return {
    experiment: "synthetic",
    variant: "clean",
    method: draw.locations === 0 ? "stl" : "muir",
    seed: draw.seed,
    backend: "wasm",
    status: "complete",
    generations: draw.generations,
    steps: draw.generations * 100,
    testRmse: random() < 0.3 ? null : random(),
    validationRmse: random(),
    tasks: {},
    activeModules: Math.min(3, draw.locations),
    groupingAccuracy: draw.grouped ? random() : null,
    convergedAt: draw.grouped && draw.generations > 0 ? 1 : null,
    parameters: Math.floor(random() * 1000),
    ...(draw.named && { trainedParameters: draw.seed }), // early runs do not say
    wallSeconds: random() * 1e4,
    stepMilliseconds: random(),
  };
}
