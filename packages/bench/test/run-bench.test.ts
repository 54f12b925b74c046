import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { benchTable } from "../src/bench-table.js";
import { findTorch } from "../src/find-torch.js";
import { runBench } from "../src/run-bench.js";

// the programs that are timed are TypeScript here
beforeAll(() => {
  vi.stubEnv("NODE_OPTIONS", "--import tsx --conditions=@muir/source");
});
afterAll(() => {
  vi.unstubAllEnvs();
});

const quick = {
  sizes: "tiny",
  rounds: { warmUp: 1, counted: 2, least: 1, turn: 1, pause: 1 },
} as const;
const torch = findTorch();

describe("runBench", () => {
  test("times programs that do equal work, and says why another cannot", async () => {
    const result = await runBench({ ...quick, cases: ["lenet"], threads: 1, torch: null });
    const { muir, stockCpu, stockWasm, torch } = result.cases[0]!.contenders;
    expect(muir).toMatchObject({ timing: { turns: expect.any(Number) } });
    expect(stockCpu).toMatchObject({ agreement: { losses: expect.closeTo(0, 5) } });
    expect(stockWasm).toEqual({
      problem: "Kernel 'Conv2DBackpropFilter' not registered for backend 'wasm'",
    });
    expect(torch).toBeUndefined();
    expect(benchTable(result)).toMatch(
      /^lenet +[\d.]+ ms +cannot +[\d.]+ ms +[\d.]+x[\s\S]*\nlenet: tfjs wasm: Kernel/m,
    );
  });

  test.skipIf(torch === null)(
    `the PyTorch programs compute the same${torch ? "" : " (no Python here has PyTorch)"}`,
    async () => {
      const { cases } = await runBench({
        ...quick,
        cases: ["generation", "joint_wide_resnet"],
        ...{ threads: 1, stock: false },
      });
      for (const { contenders } of cases) {
        expect(contenders.torch).toMatchObject({ agreement: { losses: expect.closeTo(0, 4) } });
      }
      expect(cases[1]!.contenders).toHaveProperty("torchFolded.agreement");
    },
    30_000,
  );

  test("ends when it is told to, and leaves nothing behind", async () => {
    const before = readdirSync(tmpdir());
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error("enough")), 300);
    const all = runBench({ ...quick, signal: stop.signal });
    await expect(all).rejects.toThrow("enough");
    expect(
      readdirSync(tmpdir()).filter(
        (name) => name.startsWith("muir-bench-") && !before.includes(name),
      ),
    ).toEqual([]);
  });

  test("refuses a number of threads that is none, before anything starts", async () => {
    await expect(runBench({ ...quick, threads: 0 })).rejects.toThrow(
      "runBench: threads must be a positive integer; got 0.",
    );
  });
});
