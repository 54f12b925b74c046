import { type FileHandle, open, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { BankNumbers } from "./bank-numbers.js";

/**
 * The bank of a run's best state, as its newest checkpoint has it.
 *
 * Only what is needed is read of a file that also holds private parameters and moments.
 *
 * @returns undefined where the folder has no checkpoint, or the run shares nothing.
 * @throws {Error} naming the file if it is not what a run writes.
 * @example
 * ```ts
 * const bank = await readBank("runs/cross-modal-1");
 * bank?.contextSize; // 4
 * ```
 */
export async function readBank(folder: string): Promise<BankNumbers | undefined> {
  for (const path of await checkpointFiles(folder)) {
    const file = await openIfThere(path);
    if (file === undefined) continue;
    try {
      return await bankOf(file);
    } catch (error) {
      const reason = (error as Error).message.replace(/\s+/g, " ");
      throw new Error(
        `readBank: ${path} must be a checkpoint that a run wrote; got ${reason}. Restore the file, or remove it and do without its table.`,
        { cause: error },
      );
    } finally {
      await file.close();
    }
  }
  return undefined;
}

/** Of the newest checkpoint, the state that validates best, and the last one: it is the best where there is no other. */
async function checkpointFiles(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, "checkpoints")).catch(() => []);
  const newest = names
    .filter((name) => /^\d+(-search-end)?$/.test(name))
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .at(-1);
  if (newest === undefined) return [];
  return ["best", "latest"].map((state) =>
    join(folder, "checkpoints", newest, `${state}.safetensors`),
  );
}

/** Where a tensor is in a safetensors file. https://github.com/huggingface/safetensors#format */
interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [begin: number, end: number];
}

async function bankOf(file: FileHandle): Promise<BankNumbers | undefined> {
  const length = Number((await bytesAt(file, 0, 8)).readBigUInt64LE());
  const { size } = await file.stat();
  if (8 + length > size) throw new RangeError(`a header of ${length} bytes in a file of ${size}`);
  const header = JSON.parse((await bytesAt(file, 8, length)).toString("utf8")) as Record<
    string,
    Entry | undefined
  >;
  const [modules, contexts, alignment] = ["bank/modules", "bank/contexts", "alignment"].map(
    (name) => header[name],
  );
  if (modules === undefined || contexts === undefined || alignment === undefined) return undefined;
  const [, , rows = 1, columns = 1] = modules.shape;
  const read = async ({ data_offsets: [begin, end] }: Entry) =>
    (await bytesAt(file, 8 + length + begin, end - begin)).buffer as ArrayBuffer;
  return {
    modules: new Float32Array(await read(modules)),
    contexts: new Float32Array(await read(contexts)),
    contextSize: contexts.shape[1] ?? 0,
    blockSize: rows * columns,
    alignment: new Int32Array(await read(alignment)),
  };
}

/** A buffer of its own memory, so that numbers in it are aligned. */
async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.from(new ArrayBuffer(length));
  for (let done = 0; done < length; ) {
    const { bytesRead } = await file.read(bytes, done, length - done, position + done);
    if (bytesRead === 0) throw new RangeError(`an end at byte ${position + done}`);
    done += bytesRead;
  }
  return bytes;
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
}
