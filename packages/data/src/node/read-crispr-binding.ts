import { join } from "node:path";
import { DataError } from "../data-error.js";
import {
  type BindingOptions,
  type BindingPickles,
  bindingSplits,
  type ScoredSplits,
} from "../sequences/binding-set.js";
import { parsePickle } from "../sequences/parse-pickle.js";
import { isThere, withFolders } from "./path-kind.js";
import { readBytes } from "./read-bytes.js";

const FILES: Readonly<Record<keyof BindingPickles, string>> = {
  dna: "dna_data.pkl",
  reads: "read_data.pkl",
  splits: "splits.pkl",
};

/**
 * Reads the CRISPR binding set from a folder that holds `dna_data.pkl`, `read_data.pkl` and `splits.pkl`, or
 * whose one folder does, see {@link bindingSplits}. The pickles are read as data; nothing in them is executed.
 *
 * @throws {DataError} if a file is missing or damaged, names a callable, or does not fit the others.
 * @example
 * ```ts
 * const { splits } = await readCrisprBinding("crispr-binding-prediction");
 * splits.train.inputShape; // [201]
 * ```
 */
export async function readCrisprBinding(
  folder: string,
  options: Omit<BindingOptions, "label"> = {},
): Promise<ScoredSplits> {
  const found = await findBindingFolder(folder);
  if (found === undefined) {
    throw new DataError(
      `${folder}: must hold ${Object.values(FILES).join(", ")}; got a folder without all of them. Unpack the archive, or name the folder they are in.`,
    );
  }
  const label = (pickle: keyof BindingPickles) => join(found, FILES[pickle]);
  const read = async (pickle: keyof BindingPickles) =>
    parsePickle(await readBytes(label(pickle)), label(pickle));
  const pickles = {
    dna: await read("dna"),
    reads: await read("reads"),
    splits: await read("splits"),
  };
  return bindingSplits(pickles, { ...options, label });
}

/** The folder that holds the three pickles: `folder` or one in it; undefined if there is none. */
export async function findBindingFolder(folder: string): Promise<string | undefined> {
  for (const inside of await withFolders(folder)) {
    const files = Object.values(FILES).map((file) => join(inside, file));
    if ((await Promise.all(files.map(isThere))).every(Boolean)) return inside;
  }
  return undefined;
}
