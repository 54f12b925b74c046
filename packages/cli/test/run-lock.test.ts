import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { processMark } from "../src/run/process-mark.js";
import { lockRun } from "../src/run/run-lock.js";
import { UsageError } from "../src/usage-error.js";
import { temporaryFolder } from "./muir.js";

/** A folder whose lock says this. */
function lockedBy(holder: unknown): string {
  const folder = temporaryFolder();
  writeFileSync(
    join(folder, "run.lock"),
    typeof holder === "string" ? holder : JSON.stringify(holder),
  );
  return folder;
}

/** Larger than any process number that Linux gives. */
const NOBODY = 2 ** 30;
const here = { ...processMark(process.pid), host: hostname() };

describe("the lock of a run's folder", () => {
  test("is had by one at a time, and leaves nothing", () => {
    const folder = join(temporaryFolder(), "new");
    const lock = lockRun(folder);
    expect(() => lockRun(folder)).toThrow(UsageError);
    expect(() => lockRun(folder)).toThrow(
      `${folder}: must be written by one process; process ${process.pid} has it. Wait until it ends, or choose another folder.`,
    );
    expect(readdirSync(folder)).toEqual(["run.lock"]);
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
    lockRun(folder).release();
  });

  test.each([
    ["that ended", { ...here, pid: NOBODY }],
    ["whose number another process has now", { ...here, started: "another boot 1" }],
    ["that a broken disk left empty", ""],
    ["that says nothing", { pid: "x" }],
  ])("of a process %s is taken over", (_, holder) => {
    const folder = lockedBy(holder);
    const lock = lockRun(folder);
    expect(JSON.parse(readFileSync(join(folder, "run.lock"), "utf8"))).toEqual(here);
    expect(readdirSync(folder)).toEqual(["run.lock"]);
    lock.release();
  });

  test("of another machine is left alone, and the file named", () => {
    const folder = lockedBy({ ...here, pid: NOBODY, host: "elsewhere" });
    expect(() => lockRun(folder)).toThrow(
      `a process on elsewhere has it. If it has ended, remove ${join(folder, "run.lock")}.`,
    );
  });

  test("is not given up by one who lost it", () => {
    const folder = temporaryFolder();
    const lock = lockRun(folder);
    writeFileSync(join(folder, "run.lock"), JSON.stringify({ ...here, host: "elsewhere" }));
    lock.release();
    expect(existsSync(join(folder, "run.lock"))).toBe(true);
  });
});
