import { appendFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assertLaw } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { leftBy } from "./left-by.js";
import { filesBelow, muir, muirUntil, readJson, temporaryFolder } from "./muir.js";

/** Three generations of three steps and two final ones, whose alpha does not move. */
const WORDS = [
  ...["run", "synthetic", "--quiet", "--backend", "cpu", "--generations", "3"],
  ...["--set", "stepsPerGeneration=3", "--set", "finalGenerations=2", "--set", "finalAlpha=null"],
];
const STEPS = 3 * 5;

/** A signal that stops a run after so many steps: a run asks it once a step. */
function afterSteps(steps: number): AbortSignal {
  let asked = 0;
  return {
    reason: "SIGTERM",
    get aborted() {
      asked += 1;
      return asked > steps;
    },
  } as AbortSignal;
}

async function whole(...words: string[]) {
  const out = join(temporaryFolder(), "whole");
  expect(await muir(...WORDS, ...words, "--out", out)).toMatchObject({ code: 0, err: "" });
  return leftBy(out);
}

/** A run that was stopped after so many steps. */
async function stopped(steps: number, ...words: string[]) {
  const out = join(temporaryFolder(), "stopped");
  const ended = await muirUntil(afterSteps(steps), [...WORDS, ...words, "--out", out]);
  expect(ended.code).toBe(143);
  return out;
}

describe("muir resume", { timeout: 240_000 }, () => {
  test("leaves what an uninterrupted run leaves, wherever it was interrupted", async () => {
    const expected = await whole();
    await assertLaw(
      fc.tuple(fc.integer({ min: 1, max: STEPS - 3 }), fc.integer({ min: 1, max: 5 })),
      async ([first, more]) => {
        const out = await stopped(first);
        expect(readJson(out, "summary.json").status).toBe("interrupted");
        await muirUntil(afterSteps(more), ["resume", out, "--quiet"]);
        expect(await muir("resume", out, "--quiet")).toEqual({ code: 0, out: "", err: "" });
        expect(leftBy(out)).toEqual(expected);
      },
      { runs: 2 },
    );
  });

  test("does not need what came after the checkpoint, half a line among it", async () => {
    const expected = await whole();
    const out = await stopped(7);
    appendFileSync(join(out, "events.jsonl"), '{"generation":3,"phase":"sea');
    appendFileSync(join(out, "alignment.bin"), Buffer.alloc(7));
    expect((await muir("resume", out, "--quiet")).code).toBe(0);
    expect(leftBy(out)).toEqual(expected);
  });

  test("uses the checkpoint before one that is damaged, and says so", async () => {
    const expected = await whole();
    const out = await stopped(7, "--checkpoint-every", "1");
    const newest = readdirSync(join(out, "checkpoints")).sort().at(-1)!;
    truncateSync(join(out, "checkpoints", newest, "latest.safetensors"), 100);
    const { code, err } = await muir("resume", out, "--quiet");
    expect(code).toBe(0);
    expect(err).toMatch(
      /^muir: checkpoint \d+ cannot be used, trying \d+ instead: latest.safetensors must have the checksum [^\n]+\n$/,
    );
    expect(leftBy(out)).toEqual(expected);
  });

  test("refuses a changed configuration, naming the keys", async () => {
    const out = await stopped(7);
    const path = join(out, "config.json");
    const config = readFileSync(path, "utf8");
    writeFileSync(
      path,
      config.replace('"lambda": 4', '"lambda": 2').replace('"seed": 1', '"seed": 2'),
    );
    const { code, err } = await muir("resume", out);
    expect(code).toBe(2);
    expect(err).toContain("settings.lambda (4 then, 2 now)");
    expect(err).toContain("settings.seed (1 then, 2 now)");
    expect(err).toContain("tasks.regression.train.sample");
  });

  test("makes a finished run longer, as if it had been longer from the start", async () => {
    const out = join(temporaryFolder(), "longer");
    await muir(...WORDS, "--out", out);
    expect((await muir("resume", out, "--final-generations", "3", "--quiet")).code).toBe(0);
    expect(leftBy(out)).toEqual(await whole("--set", "finalGenerations=3"));
    // of the search's end a checkpoint was kept
    expect((await muir("resume", out, "--generations", "5", "--quiet")).code).toBe(0);
    expect(leftBy(out)).toEqual(await whole("--set", "finalGenerations=3", "--generations", "5"));
    expect(readJson(out, "config.json").training.generations).toBe(5);
  });

  test("refuses more search where alpha moved by the share of the search that was done", async () => {
    const out = join(temporaryFolder(), "moved");
    await muir(...WORDS, "--set", "finalAlpha=0.5", "--out", out);
    const { code, err } = await muir("resume", out, "--generations", "5");
    expect(code).toBe(2);
    expect(err).toContain("settings.generations (3 then, 5 now");
  });

  test("names the flag, not the file, where a length is out of range", async () => {
    const out = await stopped(1);
    for (const flag of ["--generations", "--final-generations"]) {
      const { code, err } = await muir("resume", out, flag, "-1");
      expect([code, err.startsWith(`${flag}: must be`)]).toEqual([2, true]);
    }
    const { err } = await muir("resume", out, "--generations", "0");
    expect(err).toBe("--generations: must be at least 1; got 0.\n");
  });

  test("of what is no run, or has no checkpoint, is refused in a line", async () => {
    const nothing = temporaryFolder();
    expect((await muir("resume", nothing)).err).toMatch(
      /^[^\n]+: must be the folder of a run; [^\n]+\n$/,
    );
    const out = await stopped(1);
    for (const name of readdirSync(join(out, "checkpoints"))) {
      truncateSync(join(out, "checkpoints", name, "SHA256SUMS"));
    }
    const { code, err } = await muir("resume", out);
    expect(code).toBe(2);
    expect(err).toContain(
      "must hold a whole checkpoint; it holds none. Run it again from the start.",
    );
  });
});

describe("--on-nan", () => {
  const diverging = (onNan: string) => {
    const out = join(temporaryFolder(), "nan");
    return {
      out,
      ended: muir(...WORDS, "--set", "learningRate=1e30", "--on-nan", onNan, "--out", out),
    };
  };

  test("stop ends the run, and names task, step and the last good checkpoint", async () => {
    const { out, ended } = diverging("stop");
    const { code, err } = await ended;
    expect(code).toBe(3);
    expect(err).toMatch(
      /^train: the .* of task "regression.*" must stay finite; got .* at step \d+ \(generation 1\)\. .* The last good checkpoint is .*000001\.\n$/,
    );
    expect(filesBelow(out)).toContain("checkpoints/000001/manifest.json");
  });

  test("restore goes further back where the last checkpoint was bad already, and the run ends well", async () => {
    const out = join(temporaryFolder(), "nan");
    // a rate from which the loss leaves float32 in the second step, whatever rate that has
    const { code, err } = await muir(
      ...["run", "synthetic", "--method", "stl", "--backend", "cpu", "--quiet", "--out", out],
      ...["--set", "learningRate=2e18", "--set", "stepsPerGeneration=1", "--generations", "3"],
      ...["--set", "finalGenerations=0", "--checkpoint-every", "1", "--on-nan", "restore"],
    );
    expect(code).toBe(0);
    expect(err).toContain("(generation 1) with learningRate 1000000000000000000.");
    expect(err).toContain("(generation 0) with learningRate 500000000000000000.");
    const lines = readFileSync(join(out, "events.jsonl"), "utf8").trimEnd().split("\n");
    const events = lines.map((line) => JSON.parse(line));
    expect(events.map(({ generation }) => generation)).toEqual([1, 2, 3]);
    expect(events[0].restored).toMatchObject([
      { generation: 1, learningRate: 1e18 },
      { generation: 0, learningRate: 5e17 },
    ]);
    expect(events.slice(1).map(({ restored }) => restored)).toEqual([undefined, undefined]);
    expect((await muir("report", out)).code).toBe(0);
  });

  test("restore goes back with half the rate, three times at most", async () => {
    const { code, err } = await diverging("restore").ended;
    expect(code).toBe(3);
    const lines = err.trimEnd().split("\n");
    expect(lines).toHaveLength(4);
    for (const [i, rate] of ["5e+29", "2.5e+29", "1.25e+29"].entries()) {
      expect(lines[i]).toContain(`(generation 0) with learningRate ${rate}.`);
    }
    expect(lines[3]).toContain("It was set back 3 times before.");
  });
});
