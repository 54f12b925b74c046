import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { TrainingCheckpoint } from "@muir/trainer";
import { CheckpointError } from "./checkpoint-error.js";
import type { RunMemory } from "./manifest.js";
import { type ReadCheckpoint, readCheckpoint } from "./read-checkpoint.js";
import { UNFINISHED, writeCheckpoint } from "./write-checkpoint.js";

/** The checkpoints of one run: numbered folders, of which the newest are kept. */
export interface CheckpointFolder {
  /**
   * Writes the next checkpoint, then removes those that are not kept: the two newest are, and the newest of
   * those that end a search.
   *
   * @returns its path.
   */
  write(written: {
    checkpoint: TrainingCheckpoint;
    run: RunMemory;
    /** Whether more search would go on from here. */
    endsSearch: boolean;
  }): Promise<string>;
  /**
   * The newest checkpoint that is whole, and that `accept` takes; `accept` throws a {@link CheckpointError}
   * for one that will not do. Newer ones that cannot be used are put aside under another name, so that
   * they do not count as kept.
   *
   * @throws {CheckpointError} if none is left, or another version of muir wrote the newest.
   */
  newest(accept?: (read: ReadCheckpoint) => void): Promise<ReadCheckpoint & { name: string }>;
  /**
   * The newest whole checkpoint whose name is not among `tried`, or the oldest of all if all were: whoever failed
   * from one has to go further back. Puts none aside.
   *
   * @throws {CheckpointError} if none is whole.
   */
  untried(tried: ReadonlySet<string>): Promise<ReadCheckpoint & { name: string }>;
  /** The newest whole checkpoint that ended a search; null if there is none. */
  searchEnd(): Promise<ReadCheckpoint | null>;
  /** Removes what a writing that was broken off left. */
  tidy(): Promise<void>;
}

/** What {@link CheckpointFolder} needs to be told. */
export interface CheckpointFolderOptions {
  /** Told, in one line, of a checkpoint that cannot be used. */
  say(line: string): void;
}

const NAME = /^(\d{6,})(-search-end)?$/;
const KEPT = 2;
/** Before the names of checkpoints that could not be used. */
const UNUSABLE = "unusable-";

/** @param path the folder `checkpoints` of a run; it is there. */
export function openCheckpointFolder(
  path: string,
  { say }: CheckpointFolderOptions,
): CheckpointFolder {
  const listed = async () => {
    try {
      return await readdir(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
  };

  /** Names of whole checkpoints, newest first. */
  const names = async () =>
    (await readdir(path))
      .filter((name) => NAME.test(name))
      .sort((a, b) => numberOf(b) - numberOf(a));

  const remove = async (name: string) => {
    // renamed first: half a folder must not look like a checkpoint
    const unfinished = name.startsWith(UNFINISHED) ? name : `${UNFINISHED}old-${name}`;
    if (unfinished !== name) await rename(join(path, name), join(path, unfinished));
    await rm(join(path, unfinished), { recursive: true, force: true });
  };

  const putAside = async (name: string) => {
    const aside = join(path, `${UNUSABLE}${name}`);
    await rm(aside, { recursive: true, force: true });
    await rename(join(path, name), aside);
  };

  return {
    async write({ checkpoint, run, endsSearch }) {
      const [last] = await names();
      const number = String((last ? numberOf(last) : 0) + 1).padStart(6, "0");
      const name = endsSearch ? `${number}-search-end` : number;
      await writeCheckpoint(path, name, { checkpoint, run });
      const all = await names();
      const searchEnd = all.find(isSearchEnd);
      for (const old of all.slice(KEPT)) if (old !== searchEnd) await remove(old);
      return join(path, name);
    },
    async newest(accept = () => {}) {
      const all = await names();
      for (const [i, name] of all.entries()) {
        try {
          const read = await readCheckpoint(join(path, name));
          accept(read);
          for (const unusable of all.slice(0, i)) await putAside(unusable);
          return { ...read, name };
        } catch (error) {
          if (!(error instanceof CheckpointError)) throw error;
          if (error.kind === "version") {
            throw new CheckpointError(`checkpoint ${name}: ${error.message}`, "version");
          }
          const next = all[i + 1];
          const instead = next ? `trying ${next} instead` : "there is no earlier one";
          say(`checkpoint ${name} cannot be used, ${instead}: ${error.message}`);
        }
      }
      throw new CheckpointError(`${path} must hold a whole checkpoint; it holds none.`);
    },
    async untried(tried) {
      let oldest: (ReadCheckpoint & { name: string }) | null = null;
      for (const name of await names()) {
        try {
          oldest = { ...(await readCheckpoint(join(path, name))), name };
          if (!tried.has(name)) return oldest;
        } catch (error) {
          if (!(error instanceof CheckpointError)) throw error;
          say(`checkpoint ${name} cannot be used: ${error.message}`);
        }
      }
      if (oldest !== null) return oldest;
      throw new CheckpointError(`${path} must hold a whole checkpoint; it holds none.`);
    },
    async searchEnd() {
      const name = (await names()).find(isSearchEnd);
      if (name === undefined) return null;
      try {
        return await readCheckpoint(join(path, name));
      } catch (error) {
        if (!(error instanceof CheckpointError)) throw error;
        say(`checkpoint ${name} cannot be used: ${error.message}`);
        return null;
      }
    },
    async tidy() {
      for (const name of await listed()) if (name.startsWith(UNFINISHED)) await remove(name);
    },
  };
}

const numberOf = (name: string) => Number(NAME.exec(name)![1]);
const isSearchEnd = (name: string) => NAME.exec(name)![2] !== undefined;
