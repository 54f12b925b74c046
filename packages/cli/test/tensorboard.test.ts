import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { filesBelow, muir, muirUntil, TINY, temporaryFolder } from "./muir.js";

/** Bodies of the records of all event files of a run, in the order of their files. */
function recordsIn(out: string): Buffer[] {
  const folder = join(out, "tensorboard");
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const bytes = readFileSync(join(folder, name));
      const records: Buffer[] = [];
      // length, its checksum, the body, its checksum
      for (let at = 0; at < bytes.length; ) {
        const length = Number(bytes.readBigUInt64LE(at));
        records.push(bytes.subarray(at + 12, at + 12 + length));
        at += 16 + length;
      }
      return records;
    });
}

describe("--tensorboard", () => {
  const run = (out: string, ...words: string[]) => [
    ...["run", "synthetic", ...TINY, "--quiet", "--out", out, ...words],
  ];

  test("writes an event for each generation, after the one that a file begins with", async () => {
    const out = join(temporaryFolder(), "run");
    expect(await muir(...run(out, "--tensorboard"))).toMatchObject({ code: 0, err: "" });
    const [first, ...generations] = recordsIn(out);
    expect(first!.includes("brain.Event:2")).toBe(true);
    expect(generations).toHaveLength(2);
    for (const event of generations) {
      expect(event.includes("validation_rmse/")).toBe(true);
      expect(event.includes("search/active_modules")).toBe(true);
    }
  });

  test("is not there unless it is asked for, and --force takes it away", async () => {
    const out = join(temporaryFolder(), "run");
    await muir(...run(out, "--tensorboard"));
    await muir(...run(out, "--force"));
    expect(filesBelow(out)).not.toContain("tensorboard");
  });

  test("goes on with a run that goes on", async () => {
    const out = join(temporaryFolder(), "run");
    let asked = 0;
    const afterFourSteps = {
      // a run asks once a step, and once a generation
      reason: "SIGTERM",
      get aborted() {
        asked += 1;
        return asked > 4;
      },
    } as AbortSignal;
    await muirUntil(afterFourSteps, run(out, "--tensorboard"));
    const before = recordsIn(out).length;
    expect(before).toBe(2); // the first generation's is there before the run has ended
    await muir("resume", out, "--quiet");
    expect(recordsIn(out).length).toBeGreaterThan(before);
  });
});
