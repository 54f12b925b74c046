import { join } from "node:path";
import type { RunSummary } from "@muir/report";
import { type GenerationEvent, isDivergenceError } from "@muir/trainer";
import { RunFailure } from "../run-failure.js";
import { shownPath } from "../terminal/shown-path.js";
import { BEST_CHECKPOINT, type Checkpoints, createCheckpoints } from "./checkpoints.js";
import { configRecord } from "./config-record.js";
import { createGroupingLog } from "./grouping-log.js";
import type { PreparedRun, RunOptions } from "./prepared-run.js";
import { openRunFolder } from "./run-folder.js";
import { summarize } from "./summarize.js";
import { toJson } from "./to-json.js";
import { writeNetworks } from "./write-networks.js";

/** How a run goes on. */
export interface TrainOptions extends RunOptions {
  /** Stops the run after the present generation. */
  readonly signal?: AbortSignal;
  onEvent?(event: GenerationEvent): void;
}

/**
 * Trains, and writes everything a run's folder holds but the report. Disposes the run.
 *
 * @throws {RunFailure} if a loss stops being finite; the folder holds what was reached.
 * @throws {UsageError} if the folder cannot be written.
 */
export async function runTraining(run: PreparedRun, options: TrainOptions): Promise<RunSummary> {
  const { training, groups } = run;
  const { out, signal, backend } = options;
  const start = performance.now();
  try {
    const config = configRecord(run, options);
    const folder = openRunFolder(out, { config, alignment: training.alignment() });
    const checkpoints = createCheckpoints(training, folder);
    const grouping = createGroupingLog(groups);
    const done = { generations: 0, milliseconds: 0, interrupted: false };
    try {
      for await (const event of training.generations()) {
        folder.append(event);
        grouping.add(event.generation, event.alignment);
        done.generations = event.generation;
        done.milliseconds += event.stepMilliseconds;
        await checkpoints.consider(event);
        options.onEvent?.(event);
        done.interrupted = signal?.aborted === true;
        if (done.interrupted) {
          await checkpoints.write(); // here, since leaving the loop brings back the best state
          break;
        }
      }
      if (!done.interrupted) await checkpoints.write();
      const wallSeconds = (performance.now() - start) / 1000;
      const summary = await summarize(run, { ...done, backend, grouping, wallSeconds });
      await writeNetworks(run, folder);
      folder.write("summary.json", `${toJson(summary, 2)}\n`);
      return summary;
    } catch (error) {
      if (!isDivergenceError(error)) throw error;
      throw new RunFailure(`${error.message} ${await lastGood(checkpoints, out)}`);
    } finally {
      folder.close();
    }
  } finally {
    training.dispose();
    run.dispose?.();
  }
}

async function lastGood(checkpoints: Checkpoints, out: string): Promise<string> {
  return (await checkpoints.writeBest())
    ? `The last good checkpoint is ${shownPath(join(out, BEST_CHECKPOINT))}.`
    : "No generation had ended, so there is no checkpoint.";
}
