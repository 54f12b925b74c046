import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readJson, TINY, temporaryFolder } from "./muir.js";
import { start } from "./program.js";

test("a comparison that was killed loses no finished run, and does none again", {
  timeout: 120_000,
}, async () => {
  const out = join(temporaryFolder(), "compare");
  const words = ["compare", ...TINY, "--variants", "clean", "--methods", "stl", "--seeds", "1..3"];
  const summaryOf = (seed: number) => join(out, "clean-stl", `seed${seed}`, "summary.json");
  const first = start(...words, "--jobs", "1", "--out", out);
  await first.says("seed 2 begins");
  first.kill();
  await first.ended;
  const finished = [1, 2, 3].filter((seed) => existsSync(summaryOf(seed)));
  expect(finished).toContain(1);
  expect(finished).not.toContain(3);
  const left = () => [readFileSync(summaryOf(1), "utf8"), statSync(summaryOf(1)).mtimeMs];
  const before = left();
  const { code, err } = await start(...words, "--jobs", "2", "--out", out).ended;
  expect(code, err).toBe(0);
  expect(err).toMatch(/^[12] runs? of 3 finished before\n/);
  expect(err).not.toContain("seed 1 ");
  expect(left()).toEqual(before);
  for (const seed of [1, 2, 3]) expect(readJson(summaryOf(seed)).status).toBe("complete");
  expect(readJson(out, "comparison.json")[0].runs).toHaveLength(3);
});
