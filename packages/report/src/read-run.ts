import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseAlignments } from "./parse-alignments.js";
import { parseConfig } from "./parse-config.js";
import { parseEvents } from "./parse-events.js";
import { parseSummary } from "./parse-summary.js";
import type { RunRecord } from "./run-record.js";

/**
 * Reads the folder that a run writes: `config.json`, `events.jsonl`, `alignment.bin` and, where the
 * run has ended, `summary.json`.
 *
 * A run that is still going, or that crashed, can be read: a last line of `events.jsonl` or a last
 * row of `alignment.bin` that was cut short is left out, and `notes` says so.
 *
 * @throws {Error} in one line, naming file, line or byte and field, if the folder is no run or one
 * of its files is not what a run writes.
 * @example
 * ```ts
 * const { generations, summary } = await readRun("runs/clean-7");
 * generations.length; // 1000
 * summary?.activeModules; // 3
 * ```
 */
export async function readRun(folder: string): Promise<RunRecord> {
  const configText = await readText(join(folder, "config.json"));
  if (configText === undefined) {
    throw new Error(
      `readRun: a run's folder must hold a config.json; got none in ${folder}. Give a folder that \`muir run\` wrote.`,
    );
  }
  const [eventsText, bytes, summaryText] = await Promise.all([
    readText(join(folder, "events.jsonl")),
    readBytes(join(folder, "alignment.bin")),
    readText(join(folder, "summary.json")),
  ]);
  return within(folder, () => {
    const config = parseConfig(configText);
    if (bytes === undefined && config.locations > 0) {
      throw new Error(
        `readRun: the folder of a run with ${config.locations} locations must hold an alignment.bin; got none. Restore the file, or run again.`,
      );
    }
    const events = parseEvents(eventsText ?? "");
    const { alignments, cut } = parseAlignments(bytes ?? new Uint8Array(), config);
    const notes = [
      eventsText === undefined && "There is no events.jsonl yet: no generation has ended.",
      events.cut &&
        `The last line of events.jsonl was cut short and is left out; ${events.generations.length} whole lines remain.`,
      cut && "The last row of alignment.bin was cut short and is left out.",
    ].filter((note) => note !== false);
    return {
      config,
      generations: events.generations,
      alignments,
      ...(summaryText === undefined ? {} : { summary: parseSummary(summaryText) }),
      ...(notes.length === 0 ? {} : { notes }),
    };
  });
}

/** Puts the folder into the message of whatever goes wrong in `read`. */
function within<T>(folder: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error) {
      error.message = error.message.replace(/^readRun: /, `readRun: in ${folder}: `);
    }
    throw error;
  }
}

async function readText(path: string): Promise<string | undefined> {
  return (await readBytes(path))?.toString("utf8");
}

/** The file, or undefined if there is none. Any other trouble stays an error: it names the path. */
async function readBytes(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
}
