import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { killAt, type Moment } from "./crashing-run.js";
import { leftBy } from "./left-by.js";
import { filesBelow, muir } from "./muir.js";
import { start } from "./program.js";

// `pnpm bench:crash` does the same, fifty times
const folder = mkdtempSync(join(tmpdir(), "muir-crash-"));
afterAll(() => rmSync(folder, { recursive: true }));
const words = [
  ...["run", "synthetic", "--quiet", "--backend", "cpu", "--generations", "12"],
  ...["--set", "stepsPerGeneration=5", "--set", "finalGenerations=2", "--checkpoint-every", "1"],
];
const moments: Moment[] = [
  { kind: "checkpoint", file: null, count: 3 },
  { kind: "checkpoint", file: "latest.safetensors", count: 5 },
  { kind: "checkpoint", file: "SHA256SUMS", count: 2 },
  { kind: "event", count: 4 },
  { kind: "delay", milliseconds: 20 },
];

describe("a run that is killed", { timeout: 240_000 }, () => {
  test("at any of five moments goes on as if it had not been", async () => {
    const whole = join(folder, "whole");
    const runs = moments.map(async (moment, i) => {
      const out = join(folder, String(i));
      return { out, killed: await killAt([...words, "--out", out], { out, moment }) };
    });
    await muir(...words, "--out", whole);
    for (const { out, killed } of await Promise.all(runs)) {
      expect(killed).toMatchObject({ wasKilled: true, err: "" });
      expect(filesBelow(out)).toContain("run.lock"); // of a process that is dead
      expect(await muir("resume", out, "--quiet")).toEqual({ code: 0, out: "", err: "" });
      expect(leftBy(out)).toEqual(leftBy(whole));
      expect(filesBelow(out).filter((name) => /part-|run\.lock/.test(name))).toEqual([]);
    }
  });

  test("has its folder to itself while it lives; SIGTERM ends it in order with 143", async () => {
    const out = join(folder, "alive");
    const long = ["--generations", "100000", "--set", "finalGenerations=0"];
    const alive = start(...words.filter((word) => word !== "--quiet"), ...long, "--out", out);
    await alive.says("generation 1/");
    const { code, err } = await muir("resume", out);
    expect(code).toBe(2);
    expect(err).toMatch(/must be written by one process; process \d+ has it\./);
    alive.kill("SIGTERM");
    expect((await alive.ended).code).toBe(143);
    expect(JSON.parse(readFileSync(join(out, "summary.json"), "utf8")).status).toBe("interrupted");
    expect((await muir("resume", out, "--generations", "1", "--quiet")).err).toContain(
      "settings.generations",
    );
  });
});
