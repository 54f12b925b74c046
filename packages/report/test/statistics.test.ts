import { createRandom } from "@muir/random";
import {
  bootstrapInterval,
  mannWhitney,
  pairedDifference,
  pairedTTest,
  wilcoxonSignedRank,
} from "@muir/report";
import { law, randomSeeds } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

// Fisher 1935, The Design of Experiments, section 17: Darwin's pairs of Zea mays, in eighths of an inch
const darwin = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];

const small = fc.integer({ min: -4, max: 4 }); // few values, so that ties are common
const samples = fc.array(small, { minLength: 1, maxLength: 5 });
// eighths, which scale without rounding
const eighths = fc.integer({ min: -800, max: 800 }).map((whole) => whole / 8);
const numbers = fc.array(eighths, { maxLength: 12 });

/** Every way to choose some of `items`. */
function subsets<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  const rest = subsets(items.slice(1));
  return [...rest, ...rest.map((set) => [items[0]!, ...set])];
}

describe("pairedTTest", () => {
  test("of Darwin's maize is Fisher's: t = 2.148, just under 5%", () => {
    const { t, degreesOfFreedom, p } = pairedTTest(darwin);
    expect(degreesOfFreedom).toBe(14);
    expect(t).toBeCloseTo(2.1479874613311205, 12); // scipy 1.17.1, ttest_1samp
    expect(p).toBeCloseTo(0.049702944021800866, 12);
  });

  // critical values of two tails at 5%, as in any table of Student's t
  test.each([
    [2, 12.706],
    [4, 3.182],
    [5, 2.776],
    [10, 2.262],
    [20, 2.093],
  ])("of %d differences is at 5 in a hundred where the tables have it", (count, t) => {
    // a mean of t and a standard error of one
    const spread = Math.sqrt(count * (count - 1));
    const centred = Array.from({ length: count }, (_, i) => i - (count - 1) / 2);
    const size = Math.sqrt(centred.reduce((sum, value) => sum + value ** 2, 0));
    const differences = centred.map((value) => t + (value / size) * spread);
    expect(pairedTTest(differences).t).toBeCloseTo(t, 9);
    expect(pairedTTest(differences).p).toBeCloseTo(0.05, 4);
  });

  law("does not see units, and only turns with the sign", numbers, (differences) => {
    const { t, p } = pairedTTest(differences);
    const turned = pairedTTest(differences.map((value) => -8 * value));
    expect(turned.p).toBe(p);
    expect(turned.t + t).toBeOneOf([0, Number.NaN]);
  });

  test("says what it can of one value, of no spread, and of no difference", () => {
    expect(pairedTTest([3]).p).toBeNaN();
    expect(pairedTTest([0, 0, 0])).toMatchObject({ t: 0, p: 1, log10P: 0 });
    expect(pairedTTest([2, 2])).toMatchObject({ t: Infinity, p: 0 });
    expect(pairedTTest([1, Number.NaN, 3]).degreesOfFreedom).toBe(1);
  });
});

describe("wilcoxonSignedRank", () => {
  test("of Darwin's maize is 4.1%", () => {
    // scipy 1.17.1: wilcoxon(d, method="exact")
    expect(wilcoxonSignedRank(darwin)).toMatchObject({ w: 24, count: 15, exact: true });
    expect(wilcoxonSignedRank(darwin).p).toBeCloseTo(0.041259765625, 14);
  });

  test("of more than 50 differences is the normal distribution's", () => {
    const differences = Array.from({ length: 80 }, (_, i) => ((i * 37) % 101) - 35);
    // scipy 1.17.1: wilcoxon(d, method="approx", correction=True)
    const { w, p, exact } = wilcoxonSignedRank(differences);
    expect([w, exact]).toEqual([783, false]);
    expect(p).toBeCloseTo(9.91481584804273e-5, 14);
  });

  // Wilcoxon 1945 and Siegel 1956, table G: the largest w that is under 5%, both sides
  test.each([
    [6, 0],
    [8, 3],
    [10, 8],
    [15, 25],
    [20, 52],
    [25, 89],
  ])(
    "of %d differences is under 5 in a hundred up to w = %d, as in the tables",
    (count, critical) => {
      const at = (w: number) => wilcoxonSignedRank(withRankSum(count, w));
      expect(at(critical)).toMatchObject({ w: critical });
      expect(at(critical).p).toBeLessThanOrEqual(0.05);
      expect(at(critical + 1).p).toBeGreaterThan(0.05);
    },
  );

  law("is the share of all choices of signs that lie as far out", samples, (differences) => {
    const counted = differences.filter((value) => value !== 0);
    const sizes = counted.map(Math.abs);
    const rank = (size: number) =>
      sizes.filter((other) => other < size).length +
      (sizes.filter((other) => other === size).length + 1) / 2;
    const sum = (list: number[]) => list.reduce((total, size) => total + rank(size), 0);
    const all = subsets(sizes.map((size, i) => ({ size, i }))).map((set) =>
      sum(set.map(({ size }) => size)),
    );
    const { w, p } = wilcoxonSignedRank(differences);
    const far = all.filter((value) => value <= w).length / all.length;
    expect(p).toBeCloseTo(Math.min(1, 2 * far), 12);
  });

  test("cannot show a difference of three seeds", () => {
    expect(wilcoxonSignedRank([1, 2, 3]).p).toBe(0.25);
    expect(wilcoxonSignedRank([]).p).toBe(1);
  });
});

/** `count` differences of sizes 1 to `count`, of which the negative ones sum to `w`. */
function withRankSum(count: number, w: number): number[] {
  let left = w;
  return Array.from({ length: count }, (_, i) => {
    const size = count - i;
    if (size > left) return size;
    left -= size;
    return -size;
  });
}

describe("mannWhitney", () => {
  test("of nine values is what scipy says", () => {
    // scipy 1.17.1: mannwhitneyu(x, y, method="exact")
    const { u, superiority, p } = mannWhitney([19, 22, 16, 29, 24], [20, 11, 17, 12]);
    expect([u, superiority]).toEqual([17, 0.85]);
    expect(p).toBeCloseTo(1 / 9, 14);
  });

  test("of many values with ties is what scipy says", () => {
    const x = Array.from({ length: 30 }, (_, i) => (i * 7) % 31);
    const y = Array.from({ length: 25 }, (_, i) => ((i * 5) % 29) + 4);
    // scipy 1.17.1: mannwhitneyu(x, y, method="asymptotic")
    expect(mannWhitney(x, y)).toMatchObject({ u: 307, exact: false });
    expect(mannWhitney(x, y).p).toBeCloseTo(0.25369881497973357, 12);
  });

  test("tells how small a p-value is that no double holds", () => {
    const x = Array.from({ length: 3000 }, (_, i) => i);
    const y = Array.from({ length: 2500 }, (_, i) => 3000 + i);
    const { p, log10P } = mannWhitney(x, y);
    expect(p).toBe(0);
    // scipy 1.17.1: (norm.logsf((n m / 2 - 0.5) / sqrt(n m (n + m + 1) / 12)) + log(2)) / log(10)
    expect(log10P).toBeCloseTo(-890.0719365467737, 9);
  });

  // Mann and Whitney 1947, and Siegel 1956, table K: the largest u that is under 5%, both sides
  test.each([
    [4, 4, 0],
    [5, 5, 2],
    [8, 8, 13],
    [10, 10, 23],
    [9, 20, 48],
    [20, 20, 127],
  ])(
    "of %d and %d values is under 5 in a hundred up to u = %d, as in the tables",
    (n, m, critical) => {
      const at = (u: number) => mannWhitney(...withU(n, m, u));
      expect(at(critical).u).toBe(critical);
      expect(at(critical).p).toBeLessThanOrEqual(0.05);
      expect(at(critical + 1).p).toBeGreaterThan(0.05);
    },
  );

  law("counts the pairs in which the first is larger", fc.tuple(samples, samples), ([a, b]) => {
    const wins = a.flatMap((x) => b.map((y) => (x > y ? 1 : x === y ? 0.5 : 0)));
    expect(mannWhitney(a, b).u).toBe(wins.reduce<number>((sum, win) => sum + win, 0));
  });

  law(
    "is the share of all ways to deal the values that lie as far out",
    fc.tuple(samples, samples),
    ([a, b]) => {
      const values = [...a, ...b].map((value, i) => ({ value, i }));
      const us = subsets(values)
        .filter((set) => set.length === a.length)
        .map((set) => {
          const rest = values.filter((one) => !set.includes(one));
          return mannWhitney(
            set.map(({ value }) => value),
            rest.map(({ value }) => value),
          ).u;
        });
      const { u, p } = mannWhitney(a, b);
      const below = us.filter((other) => other <= u).length;
      const above = us.filter((other) => other >= u).length;
      expect(p).toBeCloseTo(Math.min(1, (2 * Math.min(below, above)) / us.length), 12);
    },
  );

  law("does not see which sample is first, nor units", fc.tuple(numbers, numbers), ([a, b]) => {
    const scaled = (values: number[]) => values.map((value) => 4 * value);
    const [one, other] = [mannWhitney(a, b), mannWhitney(scaled(b), scaled(a))];
    expect(one.u + other.u).toBe(a.length * b.length);
    expect(Math.abs(one.p - other.p)).toBeOneOf([expect.closeTo(0, 12), Number.NaN]);
  });

  test("of many equal values finds nothing, and of none says so", () => {
    expect(mannWhitney(Array(50).fill(1), Array(50).fill(1))).toMatchObject({ p: 1, log10P: 0 });
    expect(mannWhitney([], [1]).p).toBeNaN();
  });
});

/** Samples of `n` and `m` different values with that `u`. */
function withU(n: number, m: number, u: number): [number[], number[]] {
  // each of the first wins over as many as are left to win, at most m
  let left = u;
  const wins = Array.from({ length: n }, () => {
    const won = Math.min(left, m);
    left -= won;
    return won;
  });
  const second = Array.from({ length: m }, (_, i) => i + 1);
  return [wins.map((won, i) => won + 0.5 + i / (10 * n)), second];
}

describe("bootstrapInterval", () => {
  test("of one value is that value; of none it is none", () => {
    const random = createRandom(1);
    expect(bootstrapInterval([3], { random })).toEqual([3, 3]);
    expect(bootstrapInterval([Number.NaN], { random })).toEqual([Number.NaN, Number.NaN]);
  });

  test("of many values is that of the normal distribution", () => {
    const values = Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 1 : -1));
    const [low, high] = bootstrapInterval(values, { random: createRandom(7) });
    expect(low).toBeCloseTo(-1.96 / 20, 2);
    expect(high).toBeCloseTo(1.96 / 20, 2);
  });

  law(
    "is the same of the same seed, within the values, and moves with them",
    fc.tuple(
      fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 8 }),
      randomSeeds(),
    ),
    ([values, seed]) => {
      const of = (list: number[], level?: number) =>
        bootstrapInterval(list, {
          random: createRandom(seed),
          resamples: 200,
          ...(level && { level }),
        });
      const [low, high] = of(values);
      expect(of(values)).toEqual([low, high]);
      expect(low).toBeGreaterThanOrEqual(Math.min(...values));
      expect(high).toBeLessThanOrEqual(Math.max(...values));
      const [lower, higher] = of(values.map((value) => value + 64));
      expect(lower - 64).toBeCloseTo(low, 9);
      expect(higher - 64).toBeCloseTo(high, 9);
      const [inner, outer] = of(values, 0.5);
      expect(inner).toBeGreaterThanOrEqual(low);
      expect(outer).toBeLessThanOrEqual(high);
    },
    { runs: 30 },
  );

  test("refuses a level that is none", () => {
    const random = createRandom(1);
    expect(() => bootstrapInterval([1], { random, level: 95 })).toThrow(
      "bootstrapInterval: level must be between 0 and 1; got 95.",
    );
    expect(() => bootstrapInterval([1], { random, resamples: 0 })).toThrow(
      "bootstrapInterval: resamples must be a positive whole number; got 0.",
    );
  });
});

describe("pairedDifference", () => {
  test("leaves out a seed that one of both lost", () => {
    const random = createRandom(1);
    const found = pairedDifference([1, 2, Number.NaN, 4], [2, 4, 1, 5], { random });
    expect(found).toMatchObject({ count: 3, t: { degreesOfFreedom: 2 }, wilcoxon: { count: 3 } });
    expect(found.mean).toBeCloseTo(-4 / 3, 12);
    expect(() => pairedDifference([1], [], { random })).toThrow(
      "pairedDifference: both must have one value for each seed; got 1 and 0.",
    );
  });

  law(
    "does not see what a seed does to both",
    fc.tuple(fc.array(small, { minLength: 2, maxLength: 6 }), small),
    ([values, shift]) => {
      const baseline = values.map((value) => value * shift);
      const of = (by: number) =>
        pairedDifference(
          values.map((value, i) => value + by * i),
          baseline.map((value, i) => value + by * i),
          { random: createRandom(3), resamples: 100 },
        );
      expect(of(5)).toEqual(of(0));
    },
  );
});
