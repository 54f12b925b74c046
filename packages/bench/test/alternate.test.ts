import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alternate } from "../src/alternate.js";

/** A contender whose steps take the given times, over and over, and who writes down its turns. */
function scripted(name: string, times: readonly number[], turns: string[]) {
  let taken = 0;
  return {
    async step() {
      turns.push(name);
      const milliseconds = times[Math.min(taken++, times.length - 1)]!;
      return { milliseconds, loss: 0, losses: [0] };
    },
  };
}

describe("alternate", () => {
  test("warms each up, then steps in turn and gives medians of what counts", async () => {
    const turns: string[] = [];
    const contenders = {
      a: scripted("a", [100, 3, 1, 2], turns),
      b: scripted("b", [50, 30, 10, 20], turns),
    };
    const times = await alternate(contenders, { warmUp: 1, counted: 3 });
    expect(turns.join("")).toBe("abababab");
    expect(times.a).toEqual({ turns: 3, median: 2, fastest: 1, slowest: 3 });
    expect(times.b).toEqual({ turns: 3, median: 20, fastest: 10, slowest: 30 });
  });

  test("asks one that takes too long only once", async () => {
    const turns: string[] = [];
    const contenders = { quick: scripted("q", [2], turns), slow: scripted("s", [99, 1], turns) };
    const times = await alternate(contenders, { warmUp: 1, counted: 2, patience: 50 });
    expect(turns.join("")).toBe("qsqq");
    expect(times.slow).toEqual({ turns: 1, median: 99, fastest: 99, slowest: 99 });
  });

  test("repeats short steps and counts their mean", async () => {
    const contenders = { a: scripted("a", [9, 1, 2, 3], []) };
    const times = await alternate(contenders, { warmUp: 1, counted: 1, turn: 6 });
    expect(times.a).toEqual({ turns: 1, median: 2, fastest: 2, slowest: 2 });
  });

  test("law: the median lies between fastest and slowest, and half of the times on either side", async () => {
    const positive = fc.double({ min: 0.01, max: 100, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fc.array(positive, { minLength: 1, maxLength: 9 }), async (times) => {
        const { a } = await alternate(
          { a: scripted("a", [0.5, ...times], []) },
          { warmUp: 1, counted: times.length },
        );
        expect(a.fastest).toBe(Math.min(...times));
        expect(a.slowest).toBe(Math.max(...times));
        const below = times.filter((time) => time < a.median).length;
        const above = times.filter((time) => time > a.median).length;
        expect(Math.max(below, above)).toBeLessThanOrEqual(times.length / 2);
      }),
    );
  });
});
