import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildProgram } from "../src/commands/build-program.js";
import { settingRows } from "../src/config/settings-table.js";
import { syntheticSchema } from "../src/config/synthetic-config.js";

const path = join(import.meta.dirname, "..", "README.md");

describe("the README", () => {
  test("lists every setting as it is; UPDATE_README=1 writes the list anew", () => {
    const between = /(?<=<!-- settings: .* -->\n)[\s\S]*(?=<!-- \/settings -->)/;
    const readme = readFileSync(path, "utf8");
    const expected = settingsTable();
    if (process.env["UPDATE_README"])
      writeFileSync(
        path,
        readme.replace(between, () => expected),
      );
    else expect(between.exec(readme)?.[0]).toBe(expected);
  });

  test("uses only commands and flags that exist", () => {
    const program = buildProgram(
      () => new AbortController().signal,
      () => {},
    );
    const readme = readFileSync(path, "utf8");
    const examples = readme
      .split("\n")
      .filter((line) => /^muir [a-z]+ /.test(line) && !line.includes("·"));
    expect(examples.length).toBeGreaterThan(5);
    for (const example of examples) {
      const [command, experiment] = example.split(/\s+/).slice(1);
      const found = program.commands.find((one) => one.name() === command);
      const named = found?.commands.find((one) => one.name() === experiment);
      const usual = command === "compare" ? found?.commands[0] : found; // compare has a default
      const leaf = named ?? usual;
      const flags = leaf?.options.map(({ long }) => long);
      expect(leaf, example).toBeDefined();
      for (const [flag] of example.matchAll(/--[a-z][\w.-]*/g))
        expect(flags, example).toContain(flag);
    }
  });
});

function settingsTable(): string {
  const rows = settingRows(syntheticSchema).map((row) => [
    `\`${row.path}\``,
    `\`${row.standard}\``,
    row.values,
    row.meaning,
  ]);
  const all = [["setting", "default", "values", "meaning"], ...rows];
  const widths = all[0]!.map((_, i) => Math.max(...all.map((row) => row[i]!.length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(" | ")} |\n`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |\n`;
  return ["\n", line(all[0]!), rule, ...all.slice(1).map(line), "\n"].join("");
}
