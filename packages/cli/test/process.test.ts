import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { filesBelow, readJson, TINY } from "./muir.js";
import { start } from "./program.js";

// started together: a process spends most of its time on loading TensorFlow.js
const folder = mkdtempSync(join(tmpdir(), "muir-cli-"));
const run = (out: string, ...words: string[]) =>
  start("run", "synthetic", ...TINY, "--out", join(folder, out), ...words);
const json = run("json", "--json");
const wrong = run("wrong", "--seed", "one");
const stopped = run("stopped", "--generations", "1000000");
afterAll(() => rmSync(folder, { recursive: true }));

describe("the program as a process", { timeout: 60_000 }, () => {
  test("prints nothing but JSON with --json, and nothing on stderr", async () => {
    const { code, out, err } = await json.ended;
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(JSON.parse(out)).toMatchObject({ method: "muir", status: "complete", generations: 2 });
  });

  test("ends with exit code 2 where a flag is wrong, and makes no folder", async () => {
    expect(await wrong.ended).toEqual({
      code: 2,
      out: "",
      err: '--seed: must be a whole number, 0 or more; got "one".\n',
    });
    expect(filesBelow(join(folder, "wrong"))).toEqual([]);
  });

  test("ends in order on Ctrl-C, with exit code 130, a summary and a report", async () => {
    await stopped.says("generation 1/");
    stopped.interrupt();
    const { code, out, err } = await stopped.ended;
    expect(code).toBe(130);
    expect(err).toContain("stopping (Ctrl-C again stops at once)\n");
    expect(out).toContain("report: ");
    expect(readJson(folder, "stopped", "summary.json").status).toBe("interrupted");
    expect(filesBelow(join(folder, "stopped"))).toContain("report.html");
  });
});
