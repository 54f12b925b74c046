import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { GenerationRecord } from "../run-record.js";
import { generationScalars } from "./generation-scalars.js";
import { firstEvent, scalarEvent } from "./scalar-event.js";
import { tfRecord } from "./tf-record.js";

/** A file of events that TensorBoard reads while it grows. */
export interface EventFile {
  readonly path: string;
  /** Appends what one generation did; the generation is the step. */
  append(record: GenerationRecord): void;
  /** Nothing can be appended after it. */
  close(): void;
}

/** What {@link openEventFile} can be told. */
export interface EventFileOptions {
  /** Seconds since 1970, the clock's unless given. */
  readonly now?: () => number;
}

/**
 * Opens a new file of events in `folder`, which is made where it is not there.
 *
 * A run that goes on after a stop opens another one: TensorBoard reads all files of a folder as one.
 *
 * @throws {Error} that of the file system, where the folder cannot be written.
 * @example
 * ```ts
 * const events = openEventFile("runs/clean/tensorboard");
 * for await (const event of training) events.append(event);
 * events.close();
 * ```
 */
export function openEventFile(folder: string, options: EventFileOptions = {}): EventFile {
  const { now = () => Date.now() / 1000 } = options;
  mkdirSync(folder, { recursive: true });
  const started = now();
  // TensorBoard reads files in the order of their names
  const path = join(folder, `events.out.tfevents.${Math.floor(started)}.${process.pid}.muir`);
  const file = openSync(path, "a");
  const write = (event: Uint8Array) => {
    const record = tfRecord(event);
    for (let done = 0; done < record.length; ) done += writeSync(file, record, done);
  };
  write(firstEvent(started));
  return {
    path,
    append: (record) =>
      write(scalarEvent(generationScalars(record), { wallTime: now(), step: record.generation })),
    close: () => closeSync(file),
  };
}
