import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { childFlags } from "@muir/bench";
import { lockedBy } from "../run/run-lock.js";
import { canResume, finishedSummary, type Job } from "./job.js";

/** How the queue is worked off. */
export interface QueueOptions<J extends Job> {
  /** Runs at a time. */
  readonly jobs: number;
  /** Lets the runs that are going on end in order, and starts no more. */
  readonly signal: AbortSignal;
  /** Called before each job. */
  onBegin(job: J): void;
  /** Called after each job. */
  onDone(job: J, end: JobEnd): void;
}

/** How a job ended. */
export type JobEnd =
  | { readonly status: "done" | "interrupted" }
  | { readonly status: "failed"; readonly problem: string; readonly code?: number | null };

/**
 * Runs jobs, each as a process of its own, several at a time. One that was broken off before goes on
 * from its checkpoint; one that fails does not stop the others. Their folders were checked.
 */
export async function runJobs<J extends Job>(
  queue: readonly J[],
  options: QueueOptions<J>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "muir-compare-"));
  const { signal } = options;
  const next = queue.entries();
  const worker = async () => {
    for (const [i, job] of next) {
      if (signal.aborted) return;
      options.onBegin(job);
      options.onDone(job, await endOfJob(job, { config: join(folder, `${i}.json`), signal }));
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(options.jobs, queue.length) }, worker));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface JobOptions {
  /** Where its configuration is to be written. */
  readonly config: string;
  readonly signal: AbortSignal;
}

async function endOfJob(job: Job, { config, signal }: JobOptions): Promise<JobEnd> {
  // a comparison that was killed leaves runs that are about to end
  while (lockedBy(job.out) !== null) {
    if (signal.aborted) return { status: "interrupted" };
    await setTimeout(MILLISECONDS_BETWEEN_LOOKS);
  }
  if (finishedSummary(job) !== null) return { status: "done" };
  if (canResume(job)) {
    const end = await runProcess(["resume", job.out, "--quiet"], signal);
    if (end.status !== "failed" || end.code !== REFUSED) return end;
    process.stderr.write(`muir: ${job.out} begins anew: ${end.problem}\n`);
  }
  writeFileSync(config, JSON.stringify(job.config));
  const { experiment } = job.config;
  const words = ["run", experiment, "--config", config, "--out", job.out, "--quiet", "--force"];
  const end = await runProcess(words, signal);
  if (end.status !== "done" || finishedSummary(job) !== null) return end;
  return {
    status: "failed",
    problem: `${job.out} must hold the finished run that was asked for; it holds another. This is a mistake in muir itself`,
  };
}

/** This program's own file, whatever program called it. */
function program(): string {
  const places = ["./bin.js", "../bin.ts"]; // of the package as it is built, and of its sources
  return places.map((place) => fileURLToPath(new URL(place, import.meta.url))).find(existsSync)!;
}

const MILLISECONDS_BETWEEN_LOOKS = 200;
/** The exit code of what was given and cannot be used, such as a checkpoint of other data. */
const REFUSED = 2;

async function runProcess(words: readonly string[], signal: AbortSignal): Promise<JobEnd> {
  const flags = childFlags(process.execArgv);
  const child = spawn(process.execPath, [...flags, program(), ...words], {
    stdio: ["ignore", "ignore", "pipe", "ipc"], // the channel tells it when this process is gone
    detached: true, // a terminal's Ctrl-C would reach it twice: from the terminal and from here
  });
  const interrupt = () => child.kill("SIGINT");
  const kill = () => child.kill("SIGKILL");
  signal.addEventListener("abort", interrupt);
  process.on("exit", kill);
  try {
    return await endOf(child);
  } finally {
    signal.removeEventListener("abort", interrupt);
    process.off("exit", kill);
  }
}

function endOf(child: ChildProcess): Promise<JobEnd> {
  let errors = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    errors = `${errors}${text}`.slice(-4000);
  });
  return new Promise((resolve) => {
    child.on("error", ({ message }) => resolve({ status: "failed", problem: message }));
    child.on("close", (code, signal) => {
      if (code === 0) resolve({ status: "done" });
      else if (code === 130 || signal === "SIGINT") resolve({ status: "interrupted" });
      else
        resolve({
          status: "failed",
          code,
          problem: errors.trim() || `it ended with ${signal ?? `exit code ${code}`}`,
        });
    });
  });
}
