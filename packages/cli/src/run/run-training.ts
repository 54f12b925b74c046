import { join } from "node:path";
import type { RunSummary } from "@muir/report";
import { type DivergenceError, type GenerationEvent, isDivergenceError } from "@muir/trainer";
import { isSystemError } from "../is-system-error.js";
import { RunFailure } from "../run-failure.js";
import { shownPath } from "../terminal/shown-path.js";
import { openCheckpointFolder } from "./checkpoint/checkpoint-folder.js";
import {
  type CheckpointInterval,
  DEFAULT_INTERVAL,
  parseInterval,
} from "./checkpoint/checkpoint-interval.js";
import type { Restore } from "./checkpoint/manifest.js";
import { configRecord } from "./config-record.js";
import { trainingFrom } from "./create-training.js";
import { createGroupingLog, type GroupingLog } from "./grouping-log.js";
import type { PreparedRun, RunOptions } from "./prepared-run.js";
import type { ResumedRun } from "./resume-run.js";
import { openRunFolder, type RunFolder, reopenRunFolder } from "./run-folder.js";
import { summarize } from "./summarize.js";
import { toJson } from "./to-json.js";
import { trainOn } from "./train-on.js";
import { writeNetworks } from "./write-networks.js";

/** How a run goes on. */
export interface TrainOptions extends RunOptions {
  /** Where it goes on; the run's training was made from it. Absent: it begins. */
  readonly from?: ResumedRun["from"];
  readonly checkpointEvery?: CheckpointInterval;
  /** What to do once a number stops being finite. Default: stop. */
  readonly onNan?: "stop" | "restore";
  /** Stops the run after the present step. */
  readonly signal?: AbortSignal;
  onEvent?(event: GenerationEvent): void;
}

/** How often a run is set back at most. */
const MOST_RESTORES = 3;

/**
 * Trains, and writes everything a run's folder holds but the report. Disposes the run.
 *
 * @throws {RunFailure} if a loss, gradient or weight stops being finite; the folder holds what was reached.
 * @throws {UsageError} if the folder cannot be written.
 */
export async function runTraining(run: PreparedRun, options: TrainOptions): Promise<RunSummary> {
  const { out, signal, backend, from, onNan = "stop" } = options;
  const before = from?.run ?? { milliseconds: 0, wallSeconds: 0, restores: [] };
  const start = performance.now() - 1000 * before.wallSeconds;
  const wallSeconds = () => (performance.now() - start) / 1000;
  let { training } = run;
  try {
    const folder = open(run, options);
    const checkpoints = openCheckpointFolder(join(out, "checkpoints"), { say: sayLoudly });
    const restores: Restore[] = [...before.restores];
    const done = { generations: 0, milliseconds: before.milliseconds };
    let grouping = createGroupingLog(run.groups);
    const backTo = (generation: number) => {
      grouping = regrouped(run, folder.backTo(generation));
      done.generations = generation;
    };
    try {
      await checkpoints.tidy();
      if (from) backTo(from.checkpoint.latest.generation);
      const tried = new Set<string>(); // gone back to, in vain
      let isNew = from === undefined || from.isExtended;
      for (let goesOn = true; goesOn; ) {
        goesOn = false;
        try {
          await trainOn(training, {
            ...{ folder, checkpoints, grouping, signal },
            every: options.checkpointEvery ?? parseInterval(DEFAULT_INTERVAL),
            memory: () => ({
              ...{ milliseconds: done.milliseconds, wallSeconds: wallSeconds() },
              restores: [...restores],
            }),
            first: isNew,
            onEvent(event) {
              done.generations = event.generation;
              done.milliseconds += event.stepMilliseconds;
              options.onEvent?.(event);
            },
          });
        } catch (error) {
          if (!isDivergenceError(error)) throw error;
          const read = await checkpoints.untried(tried);
          if (onNan === "stop" || restores.length === MOST_RESTORES) {
            throw stopped(error, { folder, name: read.name, restores });
          }
          training.dispose();
          const restored = { checkpoint: read.checkpoint, restores: restores.length + 1 };
          training = trainingFrom(run, { ...restored, isRestored: true });
          const { generation } = read.checkpoint.latest;
          const { learningRate } = training.settings;
          restores.push({ generation, learningRate, because: error.message });
          sayLoudly(
            `${error.message} Going on from checkpoint ${read.name} (generation ${generation}) with learningRate ${learningRate}.`,
          );
          done.milliseconds = read.run.milliseconds;
          backTo(generation);
          tried.add(read.name);
          goesOn = true;
          isNew = false;
        }
      }
      const interrupted = training.next() !== null;
      const watched = { ...done, interrupted, backend, grouping, wallSeconds: wallSeconds() };
      const summary = await summarize({ ...run, training }, watched);
      await writeNetworks({ ...run, training }, folder);
      folder.write("summary.json", `${toJson(summary, 2)}\n`);
      return summary;
    } catch (error) {
      throw toldHowToGoOn(error, out);
    } finally {
      folder.close();
    }
  } finally {
    training.dispose();
    run.dispose?.();
  }
}

function open(run: PreparedRun, { out, from, backend }: TrainOptions): RunFolder {
  const config = configRecord(run, { backend });
  const alignment = run.training.alignment();
  if (!from) return openRunFolder(out, { config, alignment });
  const folder = reopenRunFolder(out, alignment.length);
  folder.write("config.json", `${JSON.stringify(config, null, 2)}\n`); // its lengths may be others
  return folder;
}

function regrouped({ groups }: PreparedRun, alignments: readonly Int32Array[]): GroupingLog {
  const grouping = createGroupingLog(groups);
  for (const [i, alignment] of alignments.entries()) grouping.add(i + 1, alignment);
  return grouping;
}

function stopped(
  error: DivergenceError,
  { folder, name, restores }: { folder: RunFolder; name: string; restores: readonly Restore[] },
): RunFailure {
  const often = restores.length === 0 ? "" : ` It was set back ${restores.length} times before.`;
  return new RunFailure(
    `${error.message}${often} The last good checkpoint is ${shownPath(join(folder.path, "checkpoints", name))}.`,
  );
}

/** What the operating system refuses, such as more room on a disk, costs what came after the last checkpoint. */
function toldHowToGoOn(error: unknown, out: string): unknown {
  if (!isSystemError(error)) return error;
  return new RunFailure(
    `muir: a file cannot be used: ${error.message}. The last checkpoint is whole: once that is mended, go on with: muir resume ${shownPath(out)}`,
    { cause: error },
  );
}

function sayLoudly(line: string): void {
  process.stderr.write(`muir: ${line}\n`);
}
