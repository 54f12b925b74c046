import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { parseSafetensors } from "../run/checkpoint/parse-safetensors.js";
import { UsageError } from "../usage-error.js";
import { MODEL_FILES } from "./write-layers-model.js";

/** What is to be replaced by an export of a run. */
interface Replaced {
  readonly run: string;
  readonly format: "layers-model" | "safetensors";
}

/**
 * Checks that what is at `out` may be replaced: it is what an export in the same format wrote, and no part
 * of the run itself.
 *
 * @throws {UsageError} saying what is there instead.
 */
export function checkReplaceable(out: string, { run, format }: Replaced): void {
  const found = foreignPart(out, format);
  if (found !== undefined) {
    throw new UsageError(
      `--out ${out}: must be what \`muir export\` wrote as ${format}, to be overwritten; ${found}, so --force leaves it. Choose another.`,
    );
  }
  const owned = ["networks", "checkpoints"].map((name) => resolve(run, name));
  if (owned.some((folder) => isWithin(resolve(out), folder))) {
    throw new UsageError(
      `--out ${out}: must not be a file of the run; --force leaves it. Choose another.`,
    );
  }
}

function foreignPart(out: string, format: Replaced["format"]): string | undefined {
  const isFolder = statSync(out).isDirectory();
  if (format === "layers-model") {
    if (!isFolder) return "it is a file";
    const other = readdirSync(out).find((name) => !MODEL_FILES.includes(name));
    return other && `it holds ${join(out, other)}`;
  }
  if (isFolder) return "it is a folder";
  try {
    parseSafetensors(readFileSync(out));
    return undefined;
  } catch {
    return "it is another file";
  }
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || !(way === ".." || way.startsWith(`..${sep}`) || resolve(way) === way);
}
