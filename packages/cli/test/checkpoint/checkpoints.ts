import type { SnapshotTensor, StateNumbers, TrainingCheckpoint } from "@muir/trainer";
import fc from "fast-check";
import type { RunMemory } from "../../src/run/checkpoint/manifest.js";

/** Any tensor, of float32 or int32, scalars and empty ones among them. */
export const tensor: fc.Arbitrary<SnapshotTensor> = fc
  .tuple(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }), fc.nat(), fc.boolean())
  .map(([shape, seed, whole]) => {
    const size = shape.reduce((product, axis) => product * axis, 1);
    const numbers = Array.from({ length: size }, (_, i) => (seed + i) % 1009);
    return {
      shape,
      data: whole ? Int32Array.from(numbers) : Float32Array.from(numbers, (n) => n / 7),
    };
  });

/** Tensors by any name, such as `__proto__`. */
export const tensors = fc.dictionary(
  fc
    .oneof(fc.string({ unit: "grapheme" }), fc.constant("__proto__/x"))
    .map((name) => `bank/${name}`),
  tensor,
  { maxKeys: 6 },
);

const state = (generation: number): fc.Arbitrary<StateNumbers> =>
  fc.record({ tensors, modules: fc.array(fc.nat(99), { maxLength: 5 }) }).map((drawn) => ({
    ...{ generation, steps: 3 * generation, optimizerSteps: { modules: 3 * generation } },
    ...{ tensors: drawn.tensors, alignment: Int32Array.from(drawn.modules) },
  }));

const midway = fc
  .record({ step: fc.integer({ min: 1, max: 2 }), competes: fc.boolean(), soft: fc.nat() })
  .map(({ step, competes, soft }) => ({
    ...{ step, milliseconds: 0.5, losses: { "a task": Float32Array.of(step, 2) } },
    competition: competes
      ? {
          locations: Int32Array.of(1),
          challengers: Int32Array.of(0, 2),
          softWeights: { shape: [1, 3], data: Float32Array.of(0, soft, 1) },
        }
      : null,
  }));

/** A checkpoint of a training that nobody trained. */
export const checkpoints: fc.Arbitrary<TrainingCheckpoint> = fc
  .record({
    latest: state(4),
    best: fc.oneof(fc.constant("latest" as const), state(2)),
    midway: fc.option(midway),
  })
  .map(({ latest, best, midway }) => ({
    origin: { settings: { lambda: 2 }, order: ["a task"], tasks: {} } as never,
    phase: { name: "search", start: 1 },
    latest: {
      ...latest,
      random: {
        search: { key: 1, position: [1, -2] },
        dropout: { "a task": { key: 2, position: [3] } },
      },
      cursors: { "a task": { epoch: 1, position: 2 } },
    },
    midway,
    best: { ...(best === "latest" ? latest : best), validationLoss: 0.1 + 0.2 },
  }));

/** One of them. */
export const [checkpoint, another] = fc.sample(checkpoints, { seed: 3, numRuns: 2 }) as [
  TrainingCheckpoint,
  TrainingCheckpoint,
];

/** What a run remembers, of no importance. */
export const run: RunMemory = { milliseconds: 1.5, wallSeconds: 2, restores: [] };
