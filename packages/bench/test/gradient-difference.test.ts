import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { agreementOf } from "../src/agreement.js";
import { gradientDifference } from "../src/gradient-difference.js";

const vector = (...values: number[]) => ({
  shape: [values.length],
  values: Float32Array.from(values),
});

describe("gradientDifference", () => {
  test("names the tensor that differs most, as a share of its largest entry", () => {
    const ours = { a: vector(1, 2), b: vector(10, 100) };
    const theirs = { a: vector(1, 2.5), b: vector(11, 100) };
    expect(gradientDifference(ours, theirs)).toEqual({
      ...{ largest: 0.2, name: "a" },
      median: expect.closeTo(0.2, 6),
    });
  });

  test("passes over tensors that are nothing but rounding in both", () => {
    const ours = { bias: vector(1e-8, -2e-8), a: vector(1) };
    expect(gradientDifference(ours, { bias: vector(-3e-8, 1e-8), a: vector(1) }).largest).toBe(0);
  });

  test("a tensor that is missing, or has another shape, is an error", () => {
    expect(() => gradientDifference({ a: vector(1) }, { b: vector(1) })).toThrow(
      /must train the same tensors; got a and b/,
    );
    expect(() => gradientDifference({ a: vector(1) }, { a: vector(1, 1) })).toThrow(
      /"a" must have one shape; got \[1\] and \[2\]/,
    );
  });

  test("law: it is 0 for the same numbers, and whatever is put into one entry shows", () => {
    const entry = fc.integer({ min: -100, max: 100 }).map((n) => n / 4 || 1);
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 8 }), fc.nat(), (values, seed) => {
        const a = { a: vector(...values) };
        expect(gradientDifference(a, a).largest).toBe(0);
        const at = seed % values.length;
        const scale = Math.max(...values.map(Math.abs));
        const wrong = values.map((value, i) => (i === at ? value + 0.5 : value));
        const { largest } = gradientDifference({ a: vector(...wrong) }, a);
        expect(largest).toBeCloseTo(0.5 / scale, 6);
      }),
    );
  });
});

describe("agreementOf", () => {
  const found = (loss: number, ...gradient: number[]) => ({
    losses: [loss],
    gradients: { a: vector(...gradient) },
  });

  test("rounding agrees", () => {
    expect(agreementOf(found(1, 2, 3), found(1.00001, 2, 3.0001)).losses).toBeCloseTo(1e-5, 7);
  });

  test.each([
    ["another loss", found(1.01, 2, 3)],
    ["another gradient", found(1, 2.1, 3)],
    ["no number as loss", found(Number.NaN, 2, 3)],
    ["no number in a gradient", found(1, Number.NaN, 3)],
  ])("%s does not", (_, theirs) => {
    expect(() => agreementOf(found(1, 2, 3), theirs)).toThrow(/must agree to 0.0001/);
  });

  test("nor do more losses", () => {
    const two = { ...found(1, 2, 3), losses: [1, 1] };
    expect(() => agreementOf(found(1, 2, 3), two)).toThrow(/got 1 and 2/);
  });
});
