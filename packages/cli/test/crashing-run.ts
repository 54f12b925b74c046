import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, watch } from "node:fs";
import { join } from "node:path";
import { nodeWords, programPath } from "./program.js";

/** When a run's process is killed: after a delay, or as something happens in its folder. */
export type Moment =
  | { readonly kind: "delay"; readonly milliseconds: number }
  /** A checkpoint is being written: its folder, or one of its files, has appeared. */
  | { readonly kind: "checkpoint"; readonly file: string | null; readonly count: number }
  /** A line has been added to the events, or is being added. */
  | { readonly kind: "event"; readonly count: number };

/** How a process ended that was to be killed. */
export interface Killed {
  /** False where it ended by itself before the moment came. */
  readonly wasKilled: boolean;
  readonly code: number | null;
  readonly err: string;
}

/** Starts the program and kills it by SIGKILL at the moment, which nothing in a process can catch. */
export async function killAt(
  words: readonly string[],
  { out, moment }: { out: string; moment: Moment },
): Promise<Killed> {
  const child = spawn(process.execPath, [...nodeWords, programPath, ...words], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let err = "";
  child.stderr!.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  const ended = new Promise<Killed>((resolve) => {
    child.on("close", (code, signal) => resolve({ wasKilled: signal === "SIGKILL", code, err }));
  });
  const stopWatching = killWhen(child, { out, moment });
  try {
    return await ended;
  } finally {
    stopWatching();
  }
}

function killWhen(child: ChildProcess, { out, moment }: { out: string; moment: Moment }) {
  const kill = () => void child.kill("SIGKILL");
  const checkpoints = join(out, "checkpoints");
  const events = join(out, "events.jsonl");
  let timer: NodeJS.Timeout | undefined;
  const first = { number: newest(checkpoints), bytes: sizeOf(events) };
  let lines: number | null = null;
  // a process first goes back to its checkpoint; a tight loop sees more than file-system events would
  const poll = setInterval(() => {
    if (moment.kind === "delay") {
      // from when it trains, not from when it starts
      if (timer !== undefined || (newest(checkpoints) === first.number && !grows(events, first)))
        return;
      timer = setTimeout(kill, moment.milliseconds);
    } else if (moment.kind === "event") {
      lines ??= existsSync(events) ? linesOf(events) : 0;
      if (existsSync(events) && linesOf(events) >= lines + moment.count) kill();
    } else if (isWriting(checkpoints, { ...moment, first: first.number })) kill();
  }, 1);
  const watcher = existsSync(checkpoints) ? watch(checkpoints) : null;
  watcher?.on("change", (_, name) => {
    const { kind } = moment;
    if (kind === "checkpoint" && moment.file === null && String(name).startsWith(".part-")) kill();
  });
  return () => {
    clearInterval(poll);
    clearTimeout(timer);
    watcher?.close();
  };
}

function isWriting(
  checkpoints: string,
  { file, count, first }: { file: string | null; count: number; first: number },
): boolean {
  if (!existsSync(checkpoints)) return false;
  const part = readdirSync(checkpoints).find((name) => /^\.part-\d/.test(name));
  if (part === undefined) return false;
  const isLateEnough = Number(/\d+/.exec(part)![0]) >= first + count;
  return isLateEnough && (file === null || existsSync(join(checkpoints, part, file)));
}

const newest = (checkpoints: string) =>
  existsSync(checkpoints)
    ? Math.max(0, ...readdirSync(checkpoints).map((name) => Number(/^\d+/.exec(name)?.[0] ?? 0)))
    : 0;
const sizeOf = (path: string) => (existsSync(path) ? statSync(path).size : 0);
const grows = (path: string, first: { bytes: number }) => sizeOf(path) > first.bytes;
const linesOf = (path: string) => readFileSync(path, "utf8").split("\n").length - 1;
