import { mkdir, open, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { DataError, isDataError } from "../../data-error.js";
import { isThere } from "../path-kind.js";
import type { DataSource } from "./data-sources.js";
import { writeProblem } from "./download-problem.js";
import { type FetchedData, SOURCE_RECORD, type SourceRecord } from "./fetched-data.js";
import { requireSpace } from "./free-space.js";
import type { OnFetchProgress } from "./progress.js";
import { unpack } from "./unpack.js";

/** An archive whose bytes are what they must be. */
export interface InstallOptions {
  readonly archive: string;
  readonly source: DataSource;
  /** What is known of it so far. */
  readonly record: Omit<SourceRecord, "contents">;
  readonly onProgress: OnFetchProgress;
}

/**
 * Unpacks an archive beside `folder`, reads all of it once, and then moves it to `folder`, in the place of what
 * was there.
 */
export async function install(
  folder: string,
  { archive, source, record, onProgress }: InstallOptions,
): Promise<FetchedData> {
  const cache = dirname(folder);
  await removeLeftovers(folder);
  // what comes out is at least as large as what goes in
  await requireSpace(cache, record.bytes);
  const temporary = `${folder}${TEMPORARY}new`;
  await mkdir(temporary);
  try {
    await unpack(archive, temporary, {
      limit: source.unpacked,
      onBytes: (done) => onProgress({ phase: "unpack", done, total: null }),
    });
    onProgress({ phase: "read", done: 0, total: null });
    const contents = await source.check(temporary).catch((cause: unknown) => {
      if (!isDataError(cause)) throw cause;
      throw new DataError(cause.message.replaceAll(temporary, record.origin), { cause });
    });
    await writeFile(
      join(temporary, SOURCE_RECORD),
      `${JSON.stringify({ ...record, contents } satisfies SourceRecord, null, 2)}\n`,
    );
    await replace(folder, temporary);
    return { ...record, folder, contents, already: false };
  } catch (cause) {
    await rm(temporary, { recursive: true, force: true });
    throw cause instanceof Error && "syscall" in cause ? writeProblem(folder, cause) : cause;
  }
}

const TEMPORARY = ".tmp-";

/** What a call that was killed left behind. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(dirname(folder))) {
    if (name.startsWith(`${basename(folder)}${TEMPORARY}`)) {
      await rm(join(dirname(folder), name), { recursive: true, force: true });
    }
  }
}

async function replace(folder: string, by: string): Promise<void> {
  if (await isThere(folder)) {
    const old = `${folder}${TEMPORARY}old`;
    await rename(folder, old);
    await rename(by, folder).catch(async (cause: unknown) => {
      await rename(old, folder);
      throw cause;
    });
    await rm(old, { recursive: true, force: true });
  } else await rename(by, folder);
  const parent = await open(dirname(folder), "r").catch(() => null);
  await parent?.sync().catch(() => {}); // some systems cannot sync a folder
  await parent?.close();
}
