import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { UsageError } from "../usage-error.js";
import { isAlive, type ProcessMark, processMark } from "./process-mark.js";

/** Who writes to a run's folder. */
export interface RunLock {
  release(): void;
}

const NAME = "run.lock";

/**
 * Makes this process the only one that writes to the run in `folder`, which is made if it is not there. The
 * lock of a process that ended, however it did, is taken over.
 *
 * @throws {UsageError} if another process has it, naming the process.
 */
export function lockRun(folder: string): RunLock {
  makeFolder(folder);
  const path = join(folder, NAME);
  const own = `${path}.${process.pid}`;
  const mark: ProcessMark & { host: string } = { ...processMark(process.pid), host: hostname() };
  writeFileSync(own, JSON.stringify(mark)); // made whole, then linked: nobody ever reads half a lock
  try {
    for (;;) {
      if (linked(own, path)) return { release: () => releaseOwn(path, JSON.stringify(mark)) };
      takeAwayDead(path, folder);
    }
  } finally {
    rmSync(own, { force: true });
  }
}

/** The process of this machine that writes to the run in `folder`; null if there is none. */
export function lockedBy(folder: string): number | null {
  const holder = parse(read(join(folder, NAME)) ?? "");
  const isHere = holder !== null && holder.host === hostname() && isAlive(holder);
  return isHere ? holder.pid : null;
}

/** Takes away a lock that nobody holds any more. */
function takeAwayDead(path: string, folder: string): void {
  const text = read(path);
  if (text === null) return; // it was released just now
  const holder = parse(text);
  if (holder !== null && holder.host !== hostname()) {
    throw new UsageError(
      `${folder}: must be written by one process; a process on ${holder.host} has it. If it has ended, remove ${path}.`,
    );
  }
  if (holder !== null && isAlive(holder)) {
    throw new UsageError(
      `${folder}: must be written by one process; process ${holder.pid} has it. Wait until it ends, or choose another folder.`,
    );
  }
  const dead = `${path}.dead.${process.pid}`;
  try {
    renameSync(path, dead);
  } catch (error) {
    if (isCode(error, "ENOENT")) return; // somebody else took it away
    throw error;
  }
  // between reading and renaming another may have taken it over: then it is given back
  if (readFileSync(dead, "utf8") !== text) linked(dead, path);
  rmSync(dead, { force: true });
}

function releaseOwn(path: string, text: string): void {
  if (read(path) === text) rmSync(path, { force: true });
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    throw error;
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (isCode(error, "ENOENT")) return null;
    throw error;
  }
}

/** Null for what no lock of ours says: what a broken disk left holds nobody. */
function parse(text: string): (ProcessMark & { readonly host: string }) | null {
  try {
    const { pid, started, host } = JSON.parse(text);
    return Number.isInteger(pid) && pid > 0 && typeof host === "string"
      ? { pid, started, host }
      : null;
  } catch {
    return null;
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`--out ${folder}: must be a folder that can be written; got ${code}.`);
  }
}

const isCode = (error: unknown, code: string) => (error as NodeJS.ErrnoException).code === code;
