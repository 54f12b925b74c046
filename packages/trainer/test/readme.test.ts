import { readFileSync } from "node:fs";
import { defaultSettings } from "@muir/trainer";
import { expect, test } from "vitest";

test("the README names every setting with its default", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const rows = readme.matchAll(/^\| `(\w+)` +\| `([^`]+)` +\|/gm);
  const documented = Array.from(rows, ([, name, value]) => [name, JSON.parse(value!)]);
  expect(Object.fromEntries(documented)).toEqual(defaultSettings);
});
