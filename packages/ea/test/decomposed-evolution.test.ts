import { decomposedEvolution, type Evolved, type PartFitness } from "@muir/ea";
import { createRandom } from "@muir/random";
import { law, randomSeeds } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scripted } from "./scripted.js";
import { chiSquare, chiSquareLimit } from "./statistics.js";

const evolutions = fc
  .record({
    parts: fc.integer({ min: 1, max: 4 }),
    size: fc.integer({ min: 1, max: 4 }),
    values: fc.integer({ min: 1, max: 5 }),
    lambda: fc.integer({ min: 1, max: 3 }),
    sampling: fc.constantFrom("proportional" as const, "uniform" as const),
    seed: randomSeeds(),
  })
  .map(({ parts, size, values, lambda, sampling, seed }) => ({
    options: {
      initial: Int32Array.from({ length: parts * size }, (_, l) => (l * 7) % values),
      values,
      parts,
      lambda,
      sampling,
    },
    seed,
  }));

/** The sum of a part's values: high values are better. */
const sum =
  (size: number): PartFitness =>
  (solution, part) =>
    solution.subarray(part * size, (part + 1) * size).reduce((a, b) => a + b, 0);

const sizeOf = ({ initial, parts }: { initial: Int32Array; parts: number }) =>
  initial.length / parts;

function take(evolution: Generator<Evolved>, count: number): Evolved[] {
  return Array.from({ length: count }, () => evolution.next().value as Evolved);
}

describe("decomposedEvolution", () => {
  test("reaches the best value everywhere", () => {
    const options = { initial: new Int32Array(4), values: 3, parts: 4 };
    for (const { iteration, solution, fitness } of decomposedEvolution(
      options,
      sum(1),
      createRandom(1),
    )) {
      if (iteration < 100) continue;
      expect(solution).toEqual(Int32Array.of(2, 2, 2, 2));
      expect(fitness).toEqual(Float64Array.of(2, 2, 2, 2));
      break;
    }
  });

  test("starts with the initial solution and its fitness", () => {
    const options = { initial: Int32Array.of(1, 2, 0, 1), values: 3, parts: 2 };
    const [first] = take(decomposedEvolution(options, sum(2), createRandom(1)), 1);
    expect(first).toEqual({
      iteration: 0,
      solution: Int32Array.of(1, 2, 0, 1),
      fitness: Float64Array.of(3, 1),
    });
  });

  test("draws for all parts from the solution as it stood", () => {
    // one location a part: always resampled. Location 0 takes 1's value and 1 takes 0's
    const options = { initial: Int32Array.of(0, 1), values: 2, parts: 2 };
    const likesChange: PartFitness = (solution, part) => (solution[part] === part ? 0 : 1);
    const evolution = decomposedEvolution(
      { ...options, sampling: "proportional" },
      likesChange,
      scripted(0.5, 0),
    );
    expect(take(evolution, 2)[1]!.solution).toEqual(Int32Array.of(1, 0));
  });

  test("keeps the best mutant, and the earlier of equals", () => {
    const options = { initial: Int32Array.of(0), values: 10, parts: 1, lambda: 2 };
    const last = (fitness: PartFitness) =>
      take(decomposedEvolution(options, fitness, scripted(0.9, 0.5)), 2)[1]!;
    expect(last(sum(1))).toEqual({
      iteration: 1,
      solution: Int32Array.of(9),
      fitness: Float64Array.of(9),
    });
    expect(last((solution) => Math.sign(solution[0]!)).solution).toEqual(Int32Array.of(9));
  });

  law("scores a mutant with the other parts as they stood", evolutions, ({ options, seed }) => {
    const size = sizeOf(options);
    let scored: { seen: number[]; part: number }[] = [];
    const fitness: PartFitness = (solution, part) => {
      scored.push({ seen: [...solution], part });
      return sum(size)(solution, part);
    };
    const evolution = decomposedEvolution(options, fitness, createRandom(seed));
    let before = evolution.next().value.solution;
    for (let iteration = 1; iteration < 5; iteration++) {
      scored = [];
      const after = evolution.next().value.solution;
      const mutants = scored.slice(0, -options.parts);
      for (const { seen, part } of mutants) {
        const others = seen.map((value, l) => (Math.floor(l / size) === part ? before[l] : value));
        expect(others).toEqual([...before]);
      }
      for (const { seen } of scored.slice(-options.parts)) expect(seen).toEqual([...after]);
      before = after;
    }
  });

  law("never lets a part get worse", evolutions, ({ options, seed }) => {
    const fitness = sum(sizeOf(options));
    const steps = take(decomposedEvolution(options, fitness, createRandom(seed)), 10);
    steps.forEach(({ iteration, solution, fitness: reached }, i) => {
      expect(iteration).toBe(i);
      expect([...reached]).toEqual([...reached].map((_, part) => fitness(solution, part)));
      if (i > 0) {
        expect(reached.every((f, part) => f >= steps[i - 1]!.fitness[part]!)).toBe(true);
      }
      expect(solution.every((value) => value >= 0 && value < options.values)).toBe(true);
    });
  });

  law("changes nothing where nothing is better", evolutions, ({ options, seed }) => {
    for (const constant of [0, Number.NaN]) {
      const steps = take(
        decomposedEvolution(options, () => constant, createRandom(seed)),
        5,
      );
      for (const { solution } of steps) expect(solution).toEqual(options.initial);
    }
  });

  law("changes a part only where its own fitness asks for it", evolutions, ({ options, seed }) => {
    const fitness: PartFitness = (solution, part) =>
      part === 0 ? sum(sizeOf(options))(solution, 0) : 0;
    const steps = take(decomposedEvolution(options, fitness, createRandom(seed)), 10);
    const rest = sizeOf(options);
    expect(steps.at(-1)!.solution.subarray(rest)).toEqual(options.initial.subarray(rest));
  });

  law("proportionally sampled, uses no value that was not there", evolutions, (given) => {
    const options = { ...given.options, sampling: "proportional" as const };
    const steps = take(
      decomposedEvolution(options, sum(sizeOf(options)), createRandom(given.seed)),
      5,
    );
    const there = new Set(options.initial);
    expect(steps.at(-1)!.solution.every((value) => there.has(value))).toBe(true);
  });

  law("repeats itself, whatever is done to what it gave", evolutions, ({ options, seed }) => {
    const run = () => decomposedEvolution(options, sum(sizeOf(options)), createRandom(seed));
    const before = options.initial.slice();
    const untouched = take(run(), 6).at(-1);
    const evolution = run();
    for (const { solution, fitness } of take(evolution, 5)) {
      solution.fill(0);
      fitness.fill(9);
    }
    expect(evolution.next().value).toEqual(untouched);
    expect(options.initial).toEqual(before);
  });

  test("a part that scores NaN gives way to any number, and a NaN mutant to none", () => {
    const options = { initial: Int32Array.of(0, 0), values: 2, parts: 2 };
    const fitness: PartFitness = (solution, part) => [Number.NaN, part][solution[part]!]!;
    const evolution = decomposedEvolution(options, fitness, createRandom(3));
    expect(take(evolution, 30).at(-1)!.solution).toEqual(Int32Array.of(1, 1));
  });

  test.each([1, 2])("mutates one location a part on average, of %i parts of four", (parts) => {
    // every mutant is scored and loses, so each differs from the initial zeros alone
    const counts = new Int32Array(5);
    const random = createRandom(4);
    const initial = new Int32Array(4 * parts);
    const fitness: PartFitness = (solution, part) => {
      const own = solution.subarray(4 * part, 4 * part + 4);
      const mutated = own.filter((value) => value > 0).length;
      counts[mutated]!++;
      return -mutated;
    };
    // of so many values that a resampled location as good as always changes
    const values = 2 ** 31 - 1;
    const evolution = decomposedEvolution({ initial, values, parts, lambda: 2 }, fitness, random);
    take(evolution, 2000 / parts + 1);
    counts[0] = 4000 - counts.slice(1).reduce((a, b) => a + b); // mutants that are the parent are not scored
    const binomial = [0, 1, 2, 3, 4].map((k) => [1, 4, 6, 4, 1][k]! * 0.25 ** k * 0.75 ** (4 - k));
    expect(chiSquare(counts, binomial)).toBeLessThan(chiSquareLimit[4]!);
  });

  test.each([
    [{ lambda: 0 }, "lambda must be a positive integer; got 0"],
    [{ parts: 3 }, "parts must divide the number of locations; got 3 parts of 4 locations"],
    [{ values: 1 }, "initial must hold integers from 0 to 0; got 1 at location 0"],
    [{ initial: new Int32Array(0) }, "parts must divide the number of locations; got 2 parts of 0"],
  ])("rejects %j at once", (wrong, message) => {
    const options = { initial: Int32Array.of(1, 0, 0, 0), values: 2, parts: 2, ...wrong };
    expect(() => decomposedEvolution(options, () => 0, createRandom(1))).toThrow(
      `decomposedEvolution: ${message}`,
    );
  });
});
