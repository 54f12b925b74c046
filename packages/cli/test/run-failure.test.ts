import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { main } from "@muir/cli";
import { describe, expect, test, vi } from "vitest";
import { filesBelow, muir, TINY, temporaryFolder } from "./muir.js";

const stl = ["run", "synthetic", "--method", "stl", "--backend", "cpu", "--quiet"];

describe("a run whose loss stops being finite", () => {
  test("ends with exit code 3, the task and the step, and the checkpoint of the beginning", async () => {
    const out = join(temporaryFolder(), "run");
    const { code, err } = await muir(...stl, ...TINY, "--set", "learningRate=1e30", "--out", out);
    expect(code).toBe(3);
    expect(err).toMatch(
      /^train: the \w+ loss of task "regression\[\d+\]" must stay finite; got (NaN|Infinity) at step \d+ \(generation 1\)\. Lower learningRate, or check the task's data\. The last good checkpoint is .+000001\.\n$/,
    );
    expect(filesBelow(join(out, "checkpoints"))).toContain("000001/manifest.json");
  });

  test("names the last good checkpoint, which is there, as are the events until then", async () => {
    const out = join(temporaryFolder(), "run");
    // a rate at which the square of what is predicted leaves float32 within a few steps, not at once
    const rate = ["--set", "learningRate=2e18", "--set", "stepsPerGeneration=1"];
    const every = ["--checkpoint-every", "1"];
    const { code, err } = await muir(...stl, ...rate, ...every, "--out", out);
    expect(code).toBe(3);
    const [, path] = /The last good checkpoint is (.+)\.\n$/.exec(err) ?? [];
    expect(existsSync(join(path!, "manifest.json"))).toBe(true);
    expect(existsSync(join(out, "summary.json"))).toBe(false);
    const events = readFileSync(join(out, "events.jsonl"), "utf8");
    expect(events).not.toMatch(/null|NaN|Infinity/);
    expect((await muir("report", out)).code).toBe(0);
  });
});

describe("what the user is not to blame for", () => {
  test("is exit code 1, with the place in the program", async () => {
    const out = join(temporaryFolder(), "run");
    await muir(...stl, ...TINY, "--out", out);
    let err = "";
    vi.spyOn(process.stderr, "write").mockImplementation((text) => {
      err += String(text);
      return true;
    });
    vi.spyOn(console, "log").mockImplementation(() => {
      throw new RangeError("an index is out of range"); // also of this kind, which users cause elsewhere
    });
    const code = await main(["report", out]).finally(() => vi.restoreAllMocks());
    expect(code).toBe(1);
    expect(err).toContain("this is a mistake in muir itself");
    expect(err).toContain("RangeError: an index is out of range\n    at ");
  });

  test("is exit code 3 and one line where the operating system refuses a file", async () => {
    const out = join(temporaryFolder(), "run");
    await muir(...stl, ...TINY, "--out", out);
    rmSync(join(out, "figures"), { recursive: true });
    writeFileSync(join(out, "figures"), "in the way");
    const { code, err } = await muir("report", out);
    expect(code).toBe(3);
    expect(err).toMatch(/^muir: a file cannot be used: EEXIST.*figures'\.\n$/);
  });
});
