import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { GenerationEvent } from "@muir/trainer";
import { CheckpointError } from "./checkpoint/checkpoint-error.js";
import { toJson } from "./to-json.js";

/** The files that grow by a piece a generation: events.jsonl and alignment.bin. */
export interface RecordFiles {
  /** Appends one line and one row; `remark` goes into the line. */
  append(event: GenerationEvent, remark?: Readonly<Record<string, unknown>>): void;
  /** Flushes both to the disk, so that no checkpoint is ahead of them. */
  sync(): void;
  /**
   * Cuts off what came after a generation, half a line among it.
   *
   * @returns the alignments of the generations that are left, from the first on.
   * @throws {CheckpointError} if they do not reach that far.
   */
  backTo(generation: number): Int32Array[];
  close(): void;
}

/** @param locations entries of an alignment. */
export function openRecordFiles(path: string, locations: number): RecordFiles {
  const [eventsPath, rowsPath] = ["events.jsonl", "alignment.bin"].map((name) => join(path, name));
  const events = openSync(eventsPath!, "a");
  const rows = openSync(rowsPath!, "a");
  return {
    append({ alignment, ...record }, remark = {}) {
      writeAll(rows, littleEndian(alignment));
      writeAll(events, Buffer.from(`${toJson({ ...record, ...remark })}\n`));
    },
    sync() {
      fsyncSync(rows);
      fsyncSync(events);
    },
    backTo(generation) {
      const lines = lengthOfLines(readFileSync(eventsPath!), generation);
      const bytes = readFileSync(rowsPath!);
      const rowBytes = 4 * locations;
      const length = (generation + 1) * rowBytes;
      if (bytes.length < length) {
        throw new CheckpointError(`alignment.bin must have ${length} bytes; got ${bytes.length}.`);
      }
      ftruncateSync(events, lines);
      ftruncateSync(rows, length);
      return Array.from({ length: generation }, (_, i) =>
        rowAt(bytes, { locations, at: (i + 1) * rowBytes }),
      );
    },
    close() {
      closeSync(events);
      closeSync(rows);
    },
  };
}

/** One row of alignment.bin. */
export function littleEndian(alignment: Int32Array): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(alignment.length * 4));
  alignment.forEach((module, l) => {
    bytes.setInt32(l * 4, module, true);
  });
  return new Uint8Array(bytes.buffer);
}

/** How many bytes the first `count` lines take; each must be its generation's. */
function lengthOfLines(bytes: Buffer, count: number): number {
  let length = 0;
  for (let generation = 1; generation <= count; generation++) {
    const end = bytes.indexOf("\n", length);
    const line = end < 0 ? "" : bytes.toString("utf8", length, end);
    if (generationOf(line) !== generation) {
      throw new CheckpointError(
        `events.jsonl must hold ${count} whole generations; line ${generation} is none.`,
      );
    }
    length = end + 1;
  }
  return length;
}

function generationOf(line: string): unknown {
  try {
    return JSON.parse(line).generation;
  } catch {
    return null;
  }
}

function rowAt(bytes: Buffer, { locations, at }: { locations: number; at: number }): Int32Array {
  return Int32Array.from({ length: locations }, (_, l) => bytes.readInt32LE(at + 4 * l));
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}
