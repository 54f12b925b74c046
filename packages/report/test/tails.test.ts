import { law } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { logGamma } from "../src/statistics/log-gamma.js";
import { logNormalTail } from "../src/statistics/log-normal-tail.js";
import { logStudentTails } from "../src/statistics/log-student-tails.js";

const relative = (value: number, expected: number) =>
  Math.abs(value - expected) / Math.max(1e-300, Math.abs(expected));

describe("logNormalTail", () => {
  // scipy 1.17.1: scipy.stats.norm.logsf(z)
  test.each([
    [0, -Math.LN2],
    [1.9, -3.5502813255421346],
    [2, -3.7831843336820317],
    [2.1, -4.024944222243985],
    [10, -53.23128515051248],
    [40, -804.6084420137539],
    [100, -5005.524208694205],
    [-1, -0.1727537790234499],
    [-6, -9.86587645524372e-10],
  ])("at %d is what scipy says", (z, expected) => {
    expect(relative(logNormalTail(z), expected)).toBeLessThan(1e-12);
  });

  law("of z and of -z add up to one", fc.double({ min: 0, max: 8, noNaN: true }), (z) => {
    expect(Math.exp(logNormalTail(z)) + Math.exp(logNormalTail(-z))).toBeCloseTo(1, 14);
  });

  law(
    "falls with z as fast as the density says",
    fc.double({ min: 0.01, max: 200, noNaN: true }),
    (z) => {
      // d/dz ln Q = -density / Q, by a central difference
      const step = 1e-4 * Math.max(1, z);
      const slope = (logNormalTail(z + step) - logNormalTail(z - step)) / (2 * step);
      const logDensity = -0.5 * z * z - 0.5 * Math.log(2 * Math.PI);
      expect(relative(slope, -Math.exp(logDensity - logNormalTail(z)))).toBeLessThan(1e-6);
    },
  );
});

describe("logStudentTails", () => {
  // scipy 1.17.1: log(2) + scipy.stats.t.logsf(t, n)
  test.each([
    [0, 4, 0],
    [1, 1, -Math.LN2],
    [0.3, 29, -0.2661592349398434],
    [2.262157, 9, -2.995732007465394],
    [10, 3, -6.152385197633555],
    [100, 19, -61.254400147355085],
  ])("at %d with %d degrees of freedom is what scipy says", (t, n, expected) => {
    expect(Math.abs(logStudentTails(t, n) - expected)).toBeLessThan(1e-11);
  });

  test("does not underflow", () => {
    // mpmath 1.3, 40 digits: log(betainc(n/2, 1/2, 0, n/(n + t^2), regularized=True))
    expect(relative(logStudentTails(1e6, 60), -708.3774267205498)).toBeLessThan(1e-12);
    expect(relative(logStudentTails(1e9, 50), -940.5495192338022)).toBeLessThan(1e-12);
    expect(relative(logStudentTails(100, 200), -396.0489609751885)).toBeLessThan(1e-12);
  });

  law(
    "of one degree of freedom is Cauchy's",
    fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
    (t) => {
      const tails = (2 / Math.PI) * Math.atan(1 / t);
      expect(relative(Math.exp(logStudentTails(t, 1)), tails)).toBeLessThan(1e-11);
    },
  );

  law(
    "of many degrees of freedom is the normal one",
    fc.double({ min: 0, max: 5, noNaN: true }),
    (t) => {
      const gap = logStudentTails(t, 1e6) - (Math.LN2 + logNormalTail(t));
      expect(Math.abs(gap)).toBeLessThan(3e-4); // of the order of t^4 / 4n
    },
  );
});

describe("logGamma", () => {
  law("is the logarithm of a factorial", fc.integer({ min: 0, max: 20 }), (n) => {
    let factorial = 1;
    for (let i = 2; i <= n; i++) factorial *= i;
    expect(logGamma(n + 1)).toBeCloseTo(Math.log(factorial), 11);
  });

  test("of a half is that of the root of pi", () => {
    expect(logGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 13);
  });
});
