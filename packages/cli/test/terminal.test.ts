import { law } from "@muir/test-kit";
import type { GenerationEvent } from "@muir/trainer";
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { counted, duration, magnitude, shortNumber, table } from "../src/terminal/format.js";
import { barLine, lineProgress } from "../src/terminal/progress.js";
import { skippedLines } from "../src/terminal/skipped-lines.js";
import { stopSignal } from "../src/terminal/stop-signal.js";

const event = (generation: number, given: Partial<GenerationEvent> = {}): GenerationEvent => ({
  generation,
  phase: "search",
  trainLoss: 0.0123,
  validationLoss: 0.02,
  tasks: {
    regression: {
      metric: "rmse",
      better: "lower",
      trainLoss: [0.1, 0.1],
      validationLoss: [0.1, 0.1],
      validationMetric: [0.25, 0.75],
    },
  },
  activeModules: 3,
  changedLocations: 0,
  parameters: 90,
  best: true,
  stepMilliseconds: 0.5,
  alignment: new Int32Array(),
  ...given,
});

test("backends that are not used are told with why, one line a reason", () => {
  const skipped = [
    { name: "tfjs-node-gpu", problem: "it is not installed.", remedy: "" },
    { name: "tfjs-node", problem: "it is not installed.", remedy: "" },
    { name: "webgpu", problem: "there is no adapter.", remedy: "" },
  ] as const;
  const backend = { name: "wasm", device: "CPU", threads: 1 } as const;
  expect(skippedLines({ ...backend, skipped })).toEqual([
    "  not tfjs-node-gpu, tfjs-node: they are not installed.",
    "  not webgpu: there is no adapter.",
  ]);
  expect(skippedLines({ ...backend, skipped: [] })).toEqual([]);
});

describe("the progress bar", () => {
  const options = { most: 1200, metric: "RMSE", seconds: 10, columns: 80 };

  test("says how far it is, the loss, hypermodules, speed and time left", () => {
    expect(barLine(event(600), options)).toBe(
      "██████░░░░░░  600/1200  loss 0.0123  3 hypermodules  2,000 steps/s  10 s left",
    );
  });

  test("says more where there is room", () => {
    expect(barLine(event(300), { ...options, columns: 120 })).toContain("RMSE 0.5");
  });

  test("says how each task does, by its own metric", () => {
    const measured = (metric: string, ...validationMetric: number[]) => {
      const losses = { trainLoss: validationMetric, validationLoss: validationMetric };
      return { metric, better: "lower", ...losses, validationMetric } as const;
    };
    const tasks = { a: measured("error %", 30), b: measured("mse", 1, 2), c: measured("mse", 3) };
    const line = barLine(event(300, { tasks }), { ...options, metric: null, columns: 140 });
    expect(line).toContain("a error % 30  b mse 1.5  c mse 3");
  });

  const lines = fc.record({
    generation: fc.integer({ min: 1, max: 9999 }),
    trainLoss: fc.double({ min: 0, max: 1e30, noNaN: true }),
    activeModules: fc.nat(100_000),
    stepMilliseconds: fc.double({ min: 1e-3, max: 1e5, noNaN: true }),
    seconds: fc.double({ min: 0, max: 1e6, noNaN: true }),
    columns: fc.integer({ min: 12, max: 200 }),
  });
  law("is never as wide as the terminal", lines, ({ generation, seconds, columns, ...given }) => {
    const line = barLine(event(generation, given), {
      most: 9999,
      metric: "RMSE",
      seconds,
      columns,
    });
    expect(line.length).toBeLessThan(columns);
  });
});

describe("progress without a terminal", () => {
  test("is a line at each change of phase", () => {
    let written = "";
    const stream = {
      write: (text: string) => {
        written += text;
      },
    } as never;
    const progress = lineProgress(stream, { most: 4, metric: "RMSE" });
    progress.show(event(1, { phase: "burn-in" }));
    progress.show(event(2));
    progress.show(event(3));
    progress.show(event(4, { phase: "final", activeModules: 0 }));
    expect(written).toBe(
      [
        "burn-in 1/4  loss 0.0123  RMSE 0.5  3 hypermodules  2,000 steps/s\n",
        "generation 2/4  loss 0.0123  RMSE 0.5  3 hypermodules  2,000 steps/s\n",
        "final 4/4  loss 0.0123  RMSE 0.5  no sharing  2,000 steps/s\n",
      ].join(""),
    );
  });
});

describe("numbers for people", () => {
  test("a duration has the unit that suits it", () => {
    const seconds = [0.024, 4.23, 42.4, 59.6, 185, 7800];
    const texts = ["0.02 s", "4.2 s", "42 s", "1 min 00 s", "3 min 05 s", "2 h 10 min"];
    expect(seconds.map(duration)).toEqual(texts);
  });

  test("a count agrees with its noun", () => {
    expect(counted(1, "step")).toBe("1 step");
    expect(counted(1200, "step")).toBe("1,200 steps");
  });

  test("an error or a loss is short, whatever its size", () => {
    expect([0, -0.01234, 1.234e-5, 0.01234, 1.5, 154.3, 1.5e7].map(shortNumber)).toEqual([
      "0",
      "-0.0123",
      "1.2e-5",
      "0.0123",
      "1.5",
      "154",
      "1.50e7",
    ]);
  });

  law(
    "a loss takes at most seven characters",
    fc.double({ min: 1e-99, max: 1e30, noNaN: true }),
    (loss) => {
      expect(shortNumber(loss).length).toBeLessThanOrEqual(7);
    },
  );

  test("a number of iterations keeps its digits up to a million", () => {
    expect([6.42, 2047.3, 4.303e13].map(magnitude)).toEqual(["6.4", "2,047", "4.30e13"]);
  });

  test("a table aligns numbers right and words left", () => {
    expect(
      table([
        ["name", "n"],
        ["a", "1"],
        ["long one", "10"],
      ]),
    ).toBe(["name       n", "────────  ──", "a          1", "long one  10"].join("\n"));
  });
});

describe("stopSignal", () => {
  afterEach(() => void vi.restoreAllMocks());

  test("is given by the first Ctrl-C; a second one ends the program, but not its echo", () => {
    const before = process.listeners("SIGINT");
    const signal = stopSignal();
    expect(stopSignal()).toBe(signal);
    const [pressed] = process.listeners("SIGINT").filter((one) => !before.includes(one));
    process.off("SIGINT", pressed!);
    const exit = vi.spyOn(process, "exit").mockReturnValue(undefined as never);
    const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const now = vi.spyOn(performance, "now");
    now.mockReturnValue(1000);
    pressed!("SIGINT");
    expect(signal.aborted).toBe(true);
    expect(write.mock.calls.join("")).toContain("stopping");
    now.mockReturnValue(1050); // the same key, passed on by the program that started this one
    pressed!("SIGINT");
    expect(exit).not.toHaveBeenCalled();
    now.mockReturnValue(2000);
    pressed!("SIGINT");
    expect(exit).toHaveBeenCalledWith(130);
  });
});
