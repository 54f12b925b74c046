import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Job } from "./job.js";

/** How the queue is worked off. */
export interface QueueOptions<J extends Job> {
  /** Runs at a time. */
  readonly jobs: number;
  /** Lets the runs that are going on end in order, and starts no more. */
  readonly signal: AbortSignal;
  /** Called after each job. */
  onDone(job: J, end: JobEnd): void;
}

/** How a job ended. */
export type JobEnd =
  | { readonly status: "done" | "interrupted" }
  | { readonly status: "failed"; readonly problem: string };

/**
 * Runs jobs, each as a process of its own, several at a time. One that fails does not stop the
 * others. Their folders were checked.
 */
export async function runJobs<J extends Job>(
  queue: readonly J[],
  options: QueueOptions<J>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "muir-compare-"));
  const next = queue.entries();
  const worker = async () => {
    for (const [i, job] of next) {
      if (options.signal.aborted) return;
      const config = join(folder, `${i}.json`);
      writeFileSync(config, JSON.stringify(job.config));
      options.onDone(job, await runJob({ config, job }, options.signal));
    }
  };
  try {
    await Promise.all(Array.from({ length: options.jobs }, worker));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function runJob(
  { config, job }: { config: string; job: Job },
  signal: AbortSignal,
): Promise<JobEnd> {
  const { experiment } = job.config;
  const words = ["run", experiment, "--config", config, "--out", job.out, "--quiet", "--force"];
  const child = spawn(process.execPath, [...process.execArgv, process.argv[1]!, ...words], {
    stdio: ["ignore", "ignore", "pipe"],
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
          problem: errors.trim() || `it ended with ${signal ?? `exit code ${code}`}`,
        });
    });
  });
}
