import { DATA_NAMES, type DataName, findData } from "@muir/data/node";
import type { DataConfig } from "../data-config.js";
import { loadImages } from "./load-images.js";
import { loadSequences } from "./load-sequences.js";
import { loadText } from "./load-text.js";
import type { LoadedData, LoadOptions } from "./loaded-data.js";

/**
 * Reads a task's data, or makes its stand-in where there is no path.
 *
 * @throws {DataError} naming the file, and the line or byte where it is known.
 */
export async function loadData(config: DataConfig, options: LoadOptions): Promise<LoadedData> {
  const path = config.path === null ? null : await pathOf(config.path);
  switch (config.kind) {
    case "images":
      return loadImages({ ...config, path }, options);
    case "text":
      return loadText({ ...config, path }, options);
    case "sequences":
      return loadSequences({ ...config, path }, options);
  }
}

/** A name such as `cifar10` is where that dataset was fetched to; a file of that name is `./cifar10`. */
function pathOf(path: string): Promise<string> | string {
  const isName = DATA_NAMES.includes(path as DataName);
  return isName ? findData(path as DataName) : path;
}
