import { join } from "node:path";
import { DataError } from "../data-error.js";
import type { Splits } from "../dataset.js";
import { isThere, withFolders } from "./path-kind.js";

/** The file of each part of a text. */
export type TextFiles = Readonly<Record<keyof Splits, string>>;

const NAMES: readonly TextFiles[] = [
  { train: "wiki.train.tokens", validation: "wiki.valid.tokens", test: "wiki.test.tokens" },
  { train: "train.txt", validation: "valid.txt", test: "test.txt" },
];

/**
 * The three files of a text in a folder or one in it, under the names that are usual.
 *
 * @throws {DataError} if there are none of these names.
 */
export async function textFilesIn(folder: string): Promise<TextFiles> {
  const found = await findTextFiles(folder);
  if (found !== undefined) return found;
  throw new DataError(
    `${folder}: must hold ${NAMES.map((names) => Object.values(names).join(", ")).join(" or ")}; got none of them whole. Name the files one by one, or run: muir data fetch wikitext2.`,
  );
}

/** The same; undefined where there are none. */
export async function findTextFiles(folder: string): Promise<TextFiles | undefined> {
  for (const inside of await withFolders(folder)) {
    for (const { train, validation, test } of NAMES) {
      const files = {
        train: join(inside, train),
        validation: join(inside, validation),
        test: join(inside, test),
      };
      const there = await Promise.all(Object.values(files).map(isThere));
      if (there.every(Boolean)) return files;
    }
  }
  return undefined;
}
