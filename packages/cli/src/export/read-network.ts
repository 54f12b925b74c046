import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SnapshotTensor } from "@muir/trainer";
import { didYouMean } from "../config/nearest.js";
import type { ArchitectureConfig } from "../cross-modal/architecture-config.js";
import { readRunConfig } from "../run/check-out-folder.js";
import { parseSafetensors } from "../run/checkpoint/parse-safetensors.js";
import { networkFile } from "../run/write-networks.js";
import { UsageError } from "../usage-error.js";

/** A task's trained network as a run's folder has it. */
export interface SavedNetwork {
  readonly task: string;
  readonly bytes: Uint8Array;
  readonly tensors: Readonly<Record<string, SnapshotTensor>>;
  /** Of one example; empty in a synthetic run. */
  readonly inputShape: readonly number[];
  /** As the run was configured; undefined in a synthetic run. */
  readonly architecture: ArchitectureConfig | undefined;
}

/**
 * Reads the network of a task of a finished run.
 *
 * @param task its name; may be left out where the run has only one.
 * @throws {UsageError} if the folder is no run's, the run has not ended, or has no such task.
 */
export function readNetwork(run: string, task: string | undefined): SavedNetwork {
  const config = readRunConfig(run);
  if (config === null) {
    throw new UsageError(
      `${run}: must be the folder of a run; it has no config.json of muir. Give what \`muir run\` wrote to.`,
    );
  }
  const tasks = (config["tasks"] ?? { regression: {} }) as Record<
    string,
    { architecture?: ArchitectureConfig }
  >;
  const names = Object.keys(tasks);
  const name = task ?? (names.length === 1 ? names[0]! : undefined);
  if (name === undefined || !names.includes(name)) {
    const got = name === undefined ? "nothing." : `"${name}"${didYouMean(name, names)}`;
    throw new UsageError(`--task: must be one of ${names.join(", ")}; got ${got}`);
  }
  const path = join(run, networkFile(name));
  // the summary is written last: without it the network, if there is one, is of an earlier end
  const missing = ["summary.json", networkFile(name)].find((file) => !existsSync(join(run, file)));
  if (missing !== undefined) {
    throw new UsageError(
      `${run}: must be a run that has ended; there is no ${missing}: it goes on, or broke off. Let it end, or resume it.`,
    );
  }
  const bytes = readFileSync(path);
  try {
    const { tensors } = parseSafetensors(bytes);
    const shapes = (config["inputShapes"] ?? {}) as Record<string, readonly number[]>;
    const { architecture } = tasks[name]!;
    return { task: name, bytes, tensors, inputShape: shapes[name] ?? [], architecture };
  } catch (error) {
    throw new UsageError(`${path}: ${(error as Error).message} Run again.`, { cause: error });
  }
}
