import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { timeStep } from "../src/run/time-step.js";
import { filesBelow, muir, muirUntil, readJson, TINY, temporaryFolder } from "./muir.js";

describe("muir --help", () => {
  test("lists the commands, and every setting with its default", async () => {
    const { code, out } = await muir("--help");
    expect(code).toBe(0);
    for (const name of ["run", "compare", "report", "theory", "doctor"])
      expect(out).toContain(`  ${name} `);
    const settings = (await muir("run", "synthetic", "--help")).out;
    expect(settings).toMatch(/training\.lambda +4 +Challengers of a location\n/);
    for (const line of `${out}\n${settings}`.split("\n"))
      expect(line.length, line).toBeLessThanOrEqual(80);
  });

  test("is shown, with exit code 2, where a command is missing", async () => {
    const { code, err } = await muir("run");
    expect(code).toBe(2);
    expect(err).toContain("Usage: muir run");
  });

  test("--version is the package's", async () => {
    const { version } = readJson(import.meta.dirname, "..", "package.json");
    expect(await muir("--version")).toEqual({ code: 0, out: `${version}\n`, err: "" });
  });
});

describe("muir report", () => {
  test("draws a run again and says where", async () => {
    const out = join(temporaryFolder(), "run");
    await muir("run", "synthetic", ...TINY, "--quiet", "--out", out);
    const { code, out: printed } = await muir("report", out);
    expect(code).toBe(0);
    expect(printed.split("\n")).toContain(join(out, "report.html"));
    expect(printed.split("\n")).toContain(join(out, "figures", "alignment.svg"));
  });
});

describe("muir report --watch", () => {
  test("serves the page until it is stopped, and writes nothing", async () => {
    const out = join(temporaryFolder(), "run");
    await muir("run", "synthetic", ...TINY, "--quiet", "--out", out);
    const before = filesBelow(out);
    const stop = new AbortController();
    stop.abort();
    const { code, out: printed } = await muirUntil(stop.signal, ["report", out, "--watch"]);
    expect(code).toBe(0);
    expect(printed).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/ {2}\(Ctrl-C stops\)\n$/);
    expect(filesBelow(out)).toEqual(before);
  });

  test("refuses a folder that is no run", async () => {
    const { code, err } = await muir("report", temporaryFolder(), "--watch");
    expect(code).toBe(2);
    expect(err).toContain("muir report: a run's folder must hold a config.json");
  });
});

describe("muir theory", () => {
  const words = ["theory", "--runs", "2", "--locations", "64"];

  test("prints measured beside predicted growth, and writes table and figure", async () => {
    const out = join(temporaryFolder(), "theory");
    const { code, out: printed } = await muir(...words, "--out", out);
    expect(code).toBe(0);
    expect(printed).toMatch(/^proportional, D = L +64 +[\d.]+ +[\d.]+ +4\.2 +1\.00$/m);
    for (const line of printed.split("\n").filter((one) => !one.includes(out))) {
      expect(line.length, line).toBeLessThanOrEqual(90);
    }
    expect(filesBelow(out)).toEqual(["theory.html", "theory.json", "theory.svg"]);
  });

  test("is the same for the same seed", async () => {
    const out = join(temporaryFolder(), "theory");
    const [first, again] = [
      await muir(...words, "--json", "--out", out),
      await muir(...words, "--json", "--out", out),
    ];
    expect(again).toEqual(first);
    expect(first!.err).toBe("");
    expect(JSON.parse(first!.out)).toEqual(readJson(out, "theory.json"));
  });
});

describe("muir doctor", () => {
  test("times a step on a backend", async () => {
    expect(await timeStep("cpu", { warmUp: 0, measured: 30 })).toBeGreaterThan(0);
  });
});
