import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readRun } from "../read-run.js";
import type { RunRecord } from "../run-record.js";
import { generationScalars } from "./generation-scalars.js";
import { firstEvent, scalarEvent } from "./scalar-event.js";
import { tfRecord } from "./tf-record.js";

/**
 * Writes what the run in `folder` did to `tensorboard/` in it, for TensorBoard to read: scalars of
 * each task, the search and its size, one step a generation.
 *
 * Files of events that a run or an earlier call wrote there are replaced, so that nothing is there
 * twice. A run does not note when a generation ended: times go back from the last change of
 * its `events.jsonl` by what its steps took.
 *
 * @returns the file's path.
 * @throws {Error} what {@link readRun} throws; then nothing is written.
 * @example
 * ```ts
 * await writeTensorBoard("runs/clean-7"); // then: tensorboard --logdir runs/clean-7/tensorboard
 * ```
 */
export async function writeTensorBoard(folder: string): Promise<string> {
  const record = await readRun(folder);
  const ended = await endOf(folder);
  const out = join(folder, "tensorboard");
  await mkdir(out, { recursive: true });
  const path = join(out, "events.out.tfevents.0.muir");
  await writeFile(`${path}.unfinished`, eventFile(record, ended));
  for (const name of await readdir(out)) {
    if (/^events\.out\.tfevents\..*\.muir$/.test(name)) await rm(join(out, name));
  }
  await rename(`${path}.unfinished`, path);
  return path;
}

function eventFile(record: RunRecord, ended: number): Buffer {
  const seconds = record.generations.map(
    ({ stepMilliseconds }) => (stepMilliseconds / 1000) * stepsPerGeneration(record),
  );
  const total = seconds.reduce((sum, one) => sum + one, 0);
  let wallTime = ended - total;
  const events = record.generations.map((generation, i) => {
    wallTime += seconds[i]!;
    const at = { wallTime, step: generation.generation };
    return tfRecord(scalarEvent(generationScalars(generation), at));
  });
  return Buffer.concat([tfRecord(firstEvent(ended - total)), ...events]);
}

/** What the summary tells; 1 before there is one, so that times at least have the right order. */
function stepsPerGeneration({ summary }: RunRecord): number {
  return summary === undefined || summary.generations === 0
    ? 1
    : summary.steps / summary.generations;
}

/** Seconds since 1970. */
async function endOf(folder: string): Promise<number> {
  const found = await stat(join(folder, "events.jsonl")).catch(() =>
    stat(join(folder, "config.json")),
  );
  return found.mtimeMs / 1000;
}
