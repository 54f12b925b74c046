import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

// in a process of its own: the flag cannot be taken back
function run(...words: string[]) {
  const program = fileURLToPath(new URL("relaxed-program.ts", import.meta.url));
  const flags = ["--import", "tsx", "--conditions", "@muir/source"];
  const options = { encoding: "utf8" } as const;
  const printed = execFileSync(process.execPath, [...flags, program, ...words], options);
  return JSON.parse(printed) as { build: string; numbers: number[] };
}

test("with relaxed SIMD, kernels give what they give without, rounding aside", () => {
  const [plain, relaxed] = [run(), run("relaxed")];
  expect(relaxed.build).toBe("relaxed");
  expect(relaxed.numbers).toHaveLength(plain.numbers.length);
  relaxed.numbers.forEach((value, i) => {
    expect(Math.abs(value - plain.numbers[i]!)).toBeLessThan(1e-4);
  });
});

test("all threads of a backend round alike, whatever is switched on after it started", () => {
  const [plain, late] = [run(), run("late")];
  expect(late.build).toBe("relaxed");
  expect(late.numbers).toEqual(plain.numbers);
});
