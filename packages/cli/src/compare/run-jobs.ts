import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { finishedSummary, type Job } from "./job.js";

/** How the queue is worked off. */
export interface QueueOptions {
  /** Runs at a time. */
  readonly jobs: number;
  readonly signal: AbortSignal;
  /** Called after each job: how many are done, of how many. */
  onDone(job: Job, done: number, error: string | null): void;
}

/**
 * Runs every job that is not finished, each as a process of its own, several at a time. A job that
 * fails does not stop the others.
 */
export async function runJobs(jobs: readonly Job[], options: QueueOptions): Promise<void> {
  const queue = jobs.filter((job) => finishedSummary(job) === null);
  let done = jobs.length - queue.length;
  const next = queue.values();
  const worker = async () => {
    for (const job of next) {
      if (options.signal.aborted) return;
      const error = await runJob(job, options.signal);
      done += 1;
      options.onDone(job, done, error);
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, worker));
}

/** @returns what the process printed as its error, or null if it succeeded. */
function runJob({ config, out }: Job, signal: AbortSignal): Promise<string | null> {
  mkdirSync(out, { recursive: true });
  const configPath = join(out, "settings.json");
  writeFileSync(configPath, JSON.stringify(config, null, 2));
  const words = ["run", "synthetic", "--config", configPath, "--out", out, "--quiet", "--force"];
  const program = process.argv[1]!;
  const child = spawn(process.execPath, [...process.execArgv, program, ...words], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const stop = () => child.kill("SIGINT");
  signal.addEventListener("abort", stop);
  return endOf(child).finally(() => signal.removeEventListener("abort", stop));
}

function endOf(child: ChildProcess): Promise<string | null> {
  let errors = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    errors = `${errors}${text}`.slice(-2000);
  });
  return new Promise((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code) => resolve(code === 0 ? null : errors.trim() || `exit code ${code}`));
  });
}
