import { dense, locationAddress, type MatrixView, planDecomposition } from "@muir/decompose";
import { law } from "@muir/test-kit";
import { describe, expect, test } from "vitest";
import { plans } from "./decompositions.js";

const block = [16, 16] as const;
const one = (w: object) => [{ name: "net", parameters: { w: w as { shape: number[] } } }];

describe("planDecomposition", () => {
  test("counts locations through parameters and models, in order", () => {
    const kind = dense;
    const models = [
      { name: "a", parameters: { w: { shape: [32, 48], kind }, b: { shape: [48] } } },
      { name: "b", parameters: { v: { shape: [16, 20], kind } } },
    ];
    const plan = planDecomposition(models, { block });
    expect(plan.locations).toBe(8);
    expect(plan.models).toEqual([
      { name: "a", first: 0, count: 6 },
      { name: "b", first: 6, count: 2 },
    ]);
    expect(plan.shared.map(({ first, grid, discarded }) => ({ first, grid, discarded }))).toEqual([
      { first: 0, grid: [1, 2, 3], discarded: 0 },
      { first: 6, grid: [1, 1, 2], discarded: 192 },
    ]);
    expect(plan.private).toEqual([
      { model: "a", parameter: "b", shape: [48], reason: "no kind given" },
    ]);
  });

  test("gives a model without kinds no locations", () => {
    const plan = planDecomposition(one({ shape: [3] }), { block });
    expect(plan).toMatchObject({ locations: 0, shared: [], private: [{ parameter: "w" }] });
  });

  law("counts every location once", plans(), ({ locations, models, shared }) => {
    for (const ranges of [models, shared]) {
      let next = 0;
      for (const { first, count } of ranges) {
        expect(first).toBe(next);
        next += count;
      }
      expect(next).toBe(locations);
    }
    for (const { count, grid } of shared) expect(count).toBe(grid[0] * grid[1] * grid[2]);
  });

  law("generates the weights and what is discarded, and nothing more", plans(), (plan) => {
    for (const { shape, count, discarded } of plan.shared) {
      const entries = shape.reduce((product, size) => product * size, 1);
      expect(entries + discarded).toBe(count * plan.block[0] * plan.block[1]);
    }
  });

  law("is plain data that survives JSON", plans(), (plan) => {
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  test("holds nothing for each of a million locations", () => {
    const plan = planDecomposition(one({ shape: [16_000, 16_000], kind: dense }), { block });
    expect(plan.locations).toBe(1_000_000);
    expect(JSON.stringify(plan).length).toBeLessThan(1000);
    expect(locationAddress(plan, 999_999)).toMatchObject({ matrix: 0, row: 999, column: 999 });
  });
});

describe("planDecomposition rejects", () => {
  test.each([[[0, 16]], [[16, -1]], [[1.5, 2]], [[16]], [[2, 2, 2]], [[Number.NaN, 1]]])(
    "block %j",
    (given) => {
      expect(() =>
        planDecomposition(one({ shape: [4] }), { block: given as unknown as [number, number] }),
      ).toThrow(
        new RangeError(
          `planDecomposition: block must be [m, n], two positive integers; got [${given}].`,
        ),
      );
    },
  );

  test("no models", () => {
    expect(() => planDecomposition([], { block })).toThrow(
      new RangeError("planDecomposition: there must be at least one model; got none."),
    );
  });

  test("a model without parameters", () => {
    expect(() => planDecomposition([{ name: "net", parameters: {} }], { block })).toThrow(
      new RangeError('planDecomposition: a model must have parameters; model "net" has none.'),
    );
  });

  test("two models of one name", () => {
    const [net] = one({ shape: [4] });
    expect(() => planDecomposition([net!, net!], { block })).toThrow(
      'planDecomposition: models must have different names; got two named "net". Rename one.',
    );
  });

  test.each([{ kind: dense }, {}])("an axis of size 0, with %j", (rest) => {
    expect(() => planDecomposition(one({ shape: [4, 0], ...rest }), { block })).toThrow(
      "planDecomposition: every axis must be a positive integer; " +
        'got shape [4,0] for parameter "w" of model "net".',
    );
  });

  test("a shape that does not fit its kind, and says what to do", () => {
    expect(() => planDecomposition(one({ shape: [4], kind: dense }), { block })).toThrow(
      new RangeError(
        'planDecomposition: parameter "w" of model "net" does not fit its kind. ' +
          "dense: shape must be [in, out]; got [4]. " +
          "Leave the kind out to keep the parameter private, or write its view with matrixView.",
      ),
    );
  });

  test("a kind that is no function", () => {
    expect(() => planDecomposition(one({ shape: [4, 4], kind: "dense" }), { block })).toThrow(
      new TypeError(
        'planDecomposition: the kind of parameter "w" of model "net" must be a function ' +
          'from a shape to a MatrixView, such as dense; got "dense".',
      ),
    );
  });

  test("a kind whose view does not fit the shape", () => {
    const kind = (): MatrixView => ({ factors: [4, 5], stack: [], rows: [0], columns: [1] });
    expect(() => planDecomposition(one({ shape: [4, 4], kind }), { block })).toThrow(
      'planDecomposition: the kind of parameter "w" of model "net" gave a wrong view: ' +
        "factors [4,5] must split the axes of shape [4,4]",
    );
  });

  test("a kind that gives no view", () => {
    const kind = (() => undefined) as never;
    expect(() => planDecomposition(one({ shape: [4, 4], kind }), { block })).toThrow(
      'planDecomposition: the kind of parameter "w" of model "net" gave a wrong view: ' +
        "factors must be a list of numbers; got undefined of undefined.",
    );
    const half = (() => ({ factors: [4, 4], rows: [0], columns: [1] })) as never;
    expect(() => planDecomposition(one({ shape: [4, 4], kind: half }), { block })).toThrow(
      'stack must be a list of numbers; got undefined of {"factors":[4,4],"rows":[0],"columns":[1]}.',
    );
  });

  test("nothing that is a fault of the kind's own code, which comes through as it is", () => {
    const fault = new TypeError("x is undefined");
    const kind = () => {
      throw fault;
    };
    expect(() => planDecomposition(one({ shape: [4, 4], kind }), { block })).toThrow(fault);
  });
});
