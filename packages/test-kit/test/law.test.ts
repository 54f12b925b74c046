import { assertLaw, law, lawSettings } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const smallOnly = (n: number) => expect(n).toBeLessThan(5);

describe("assertLaw", () => {
  test("reports the smallest failing value with the seed and path that lead to it", async () => {
    const failing = assertLaw(fc.nat(), smallOnly, { seed: 42 });
    await expect(failing).rejects.toThrow(/seed: 42, path: "[\d:]+"/);
    await expect(assertLaw(fc.nat(), smallOnly, { seed: 42 })).rejects.toThrow(
      "Counterexample: [5]",
    );
  });

  test("goes straight to a failing value given its seed and path", async () => {
    const report = await assertLaw(fc.nat(), smallOnly, { seed: 42 }).catch(String);
    const path = /path: "([\d:]+)"/.exec(String(report))![1]!;
    const seen: number[] = [];
    const replayed = assertLaw(
      fc.nat(),
      (n) => {
        seen.push(n);
        smallOnly(n);
      },
      { seed: 42, path },
    );
    await expect(replayed).rejects.toThrow("Counterexample: [5]");
    expect(seen[0]).toBe(5);
  });

  test("shows what went wrong, not only for which value", async () => {
    await expect(assertLaw(fc.constant(9), smallOnly)).rejects.toThrow(
      "expected 9 to be less than 5",
    );
  });

  test("waits for laws that are asynchronous", async () => {
    const late = async (n: number) => {
      await Promise.resolve();
      smallOnly(n);
    };
    await expect(assertLaw(fc.constant(9), late)).rejects.toThrow("expected 9");
  });

  test("runs as often as it is told", async () => {
    let runs = 0;
    await assertLaw(fc.nat(), () => void runs++, { runs: 7 });
    expect(runs).toBe(Math.ceil((7 * fc.readConfigureGlobal().numRuns!) / 100));
  });

  test("runs in proportion more often where all laws do", async () => {
    const before = fc.readConfigureGlobal();
    fc.configureGlobal({ ...before, numRuns: 250 });
    try {
      let runs = 0;
      await assertLaw(fc.nat(), () => void runs++, { runs: 3 });
      expect(runs).toBe(8);
    } finally {
      fc.configureGlobal(before);
    }
  });
});

law("a law is a test", fc.nat(), (n) => {
  expect(n).toBeGreaterThanOrEqual(0);
});

describe("lawSettings", () => {
  test("runs a hundred new cases unless told otherwise", () => {
    expect(lawSettings({})).toEqual({ numRuns: 100 });
  });

  test("takes runs and seed from the environment", () => {
    expect(lawSettings({ FC_RUNS: "1000", FC_SEED: "-7" })).toEqual({ numRuns: 1000, seed: -7 });
  });

  test.each([
    [{ FC_RUNS: "many" }, 'lawSettings: FC_RUNS must be an integer; got "many".'],
    [{ FC_RUNS: "" }, 'lawSettings: FC_RUNS must be an integer; got "".'],
    [{ FC_RUNS: "0" }, "lawSettings: FC_RUNS must be at least 1; got 0."],
    [{ FC_SEED: "1.5" }, 'lawSettings: FC_SEED must be an integer; got "1.5".'],
  ])("rejects %o", (environment, message) => {
    expect(() => lawSettings(environment)).toThrow(new RangeError(message));
  });
});
