import { describe, expect, test } from "vitest";
import { createClock, parseInterval } from "../../src/run/checkpoint/checkpoint-interval.js";

describe("--checkpoint-every", () => {
  test.each([
    ["5m", { milliseconds: 300_000 }],
    ["30s", { milliseconds: 30_000 }],
    ["0.5m", { milliseconds: 30_000 }],
    ["10", { generations: 10 }],
  ])("%s is understood", (text, interval) => {
    expect(parseInterval(text)).toEqual(interval);
  });

  test.each(["", "0", "0s", "1.5", "-1", "5 m", "m", "1h", "1e3"])('"%s" is refused', (text) => {
    expect(() => parseInterval(text)).toThrow(
      `--checkpoint-every: must be minutes such as 5m, seconds such as 30s, or a number of generations; got "${text}".`,
    );
  });

  test("in generations is due after every so many, never between steps", () => {
    const clock = createClock({ generations: 3 });
    expect([1, 2, 3, 4, 5, 6].filter((generation) => clock.isDue(generation))).toEqual([3, 6]);
    expect(clock.isDue(null)).toBe(false);
  });

  test("in time is due between steps too, once it has passed", () => {
    expect(createClock({ milliseconds: 0 }).isDue(null)).toBe(true);
    expect(createClock({ milliseconds: 60_000 }).isDue(null)).toBe(false);
  });
});
