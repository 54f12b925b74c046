import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { checkReplaceable } from "../export/check-replaceable.js";
import { networkModel } from "../export/network-model.js";
import { readNetwork, type SavedNetwork } from "../export/read-network.js";
import { writeLayersModel } from "../export/write-layers-model.js";
import { checkOutFolder } from "../run/check-out-folder.js";
import { prepareTensorFlow } from "../run/start-backend.js";
import { shownPath } from "../terminal/shown-path.js";
import { UsageError } from "../usage-error.js";

/** The flags of `muir export`. */
export interface ExportFlags {
  readonly task?: string;
  readonly format: "layers-model" | "safetensors";
  readonly out?: string;
  readonly force?: boolean;
}

/**
 * `muir export RUN`: a task's trained network without muir. Written whole or not at all; `--force` replaces
 * nothing but what a former export wrote.
 */
export async function exportCommand(run: string, flags: ExportFlags): Promise<number> {
  const network = readNetwork(run, flags.task);
  const standard = flags.format === "safetensors" ? `${network.task}.safetensors` : network.task;
  const out = flags.out ?? standard;
  checkOutFolder(dirname(resolve(out)));
  if (existsSync(out)) {
    if (!flags.force) {
      throw new UsageError(
        `--out ${out}: must be new; it is there. Choose another, or overwrite it with --force.`,
      );
    }
    checkReplaceable(out, { run, format: flags.format });
  }
  mkdirSync(dirname(resolve(out)), { recursive: true });
  const unfinished = mkdtempSync(join(dirname(resolve(out)), ".muir-export-"));
  try {
    const made = await write(network, { unfinished, format: flags.format });
    rmSync(out, { recursive: true, force: true });
    renameSync(made, out);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  console.log(shownPath(flags.format === "safetensors" ? out : join(out, "model.json")));
  return 0;
}

interface Target {
  readonly unfinished: string;
  readonly format: ExportFlags["format"];
}

/** Writes file or folder below `unfinished` and says where. */
async function write(network: SavedNetwork, { unfinished, format }: Target): Promise<string> {
  const made = join(unfinished, "made");
  if (format === "safetensors") {
    writeFileSync(made, network.bytes);
    return made;
  }
  prepareTensorFlow();
  await tf.setBackend("cpu"); // it only copies
  mkdirSync(made);
  const model = await networkModel(network);
  await writeLayersModel(model, made).finally(() => model.dispose());
  return made;
}
