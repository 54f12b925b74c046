import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

// in a process of its own: the flag cannot be taken back
test("with relaxed SIMD, kernels give what they give without, rounding aside", () => {
  const program = fileURLToPath(new URL("relaxed-program.ts", import.meta.url));
  const flags = ["--import", "tsx", "--conditions", "@muir/source"];
  const run = (words: string[]) =>
    JSON.parse(execFileSync(process.execPath, [...flags, program, ...words], { encoding: "utf8" }));
  const plain = run([]) as { build: string; numbers: number[] };
  const relaxed = run(["relaxed"]) as typeof plain;
  expect(relaxed.build).toBe("relaxed");
  expect(relaxed.numbers).toHaveLength(plain.numbers.length);
  relaxed.numbers.forEach((value, i) => {
    expect(Math.abs(value - plain.numbers[i]!)).toBeLessThan(1e-4);
  });
});
