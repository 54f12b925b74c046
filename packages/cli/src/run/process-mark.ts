import { readFileSync } from "node:fs";

/** Which process: its number, and when it started, since numbers are used again. */
export interface ProcessMark {
  readonly pid: number;
  /** As the system counts it; null where that cannot be told. */
  readonly started: string | null;
}

/** The mark of a process that is there. */
export function processMark(pid: number): ProcessMark {
  return { pid, started: startOf(pid) };
}

/** Whether the process of this mark is still there. */
export function isAlive({ pid, started }: ProcessMark): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false; // else: somebody else's
  }
  const now = startOf(pid);
  return started === null || now === null || now === started;
}

/** On Linux: which boot of the machine, and the tick within it. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // the name, in brackets, may hold spaces; the start is the 22nd field, the 20th after it
    const tick = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${tick}`;
  } catch {
    return null;
  }
}
