import { readFile, rm, writeFile } from "node:fs/promises";
import { DataError } from "../../data-error.js";
import { codeOf } from "../regression-files.js";
import { writeProblem } from "./download-problem.js";

/** Runs `act` while no other process does so with the same lock file. A lock of a process that died is taken over. */
export async function withLock<T>(path: string, act: () => Promise<T>): Promise<T> {
  await take(path);
  try {
    return await act();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<void> {
  for (const last of [false, true]) {
    try {
      await writeFile(path, String(process.pid), { flag: "wx" });
      return;
    } catch (cause) {
      if (codeOf(cause) !== "EEXIST") throw writeProblem(path, cause);
      const owner = Number(await readFile(path, "utf8").catch(() => ""));
      if (last || isRunning(owner)) {
        throw new DataError(
          `${path}: only one process at a time may fetch this; got one that is at it, number ${owner}. Wait for it; if there is none, remove this file.`,
          { cause, transient: true },
        );
      }
      await rm(path, { force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid < 1) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM"; // it runs, as another user
  }
}
