import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Architecture } from "@muir/models";
import { fromLayersModel, modelWeights } from "@muir/models/layers";
import * as tf from "@tensorflow/tfjs";
import { UsageError } from "../usage-error.js";
import type { ArchitectureConfig } from "./architecture-config.js";

type SavedModel = Extract<ArchitectureConfig, { kind: "layers-model" }>;

/** The network of a saved model. */
interface LoadedNetwork {
  readonly architecture: Architecture;
  /** Its weights, where training begins from them. */
  readonly start: Record<string, tf.Tensor> | undefined;
  dispose(): void;
}

/**
 * Loads a model of TensorFlow.js, as `model.save` wrote it, as the network of a task.
 *
 * @throws {UsageError} if it cannot be read, or has layers that cannot be trained here.
 */
export async function loadLayersModel(
  { path, pretrained }: SavedModel,
  { task }: { task: string },
): Promise<LoadedNetwork> {
  const problem = (error: unknown) =>
    new UsageError(
      `tasks.${task}.architecture.path: ${path} must be a model.json of a layers model, with its weights beside it; ${(error as Error).message.split("\n")[0]}`,
      { cause: error },
    );
  const model = await readLayersModel(path).catch((error) => {
    throw problem(error);
  });
  try {
    const architecture = fromLayersModel(model);
    const start = pretrained ? modelWeights(architecture) : undefined;
    return {
      architecture,
      start,
      dispose: () => {
        model.dispose();
        tf.dispose(start ?? []);
      },
    };
  } catch (error) {
    model.dispose();
    throw problem(error);
  }
}

/** Reads a saved model; the caller disposes it. */
export function readLayersModel(path: string): Promise<tf.LayersModel> {
  return tf.loadLayersModel({ load: () => artifactsOf(path) });
}

/** TensorFlow.js itself reads files only with a native addon. */
async function artifactsOf(path: string): Promise<tf.io.ModelArtifacts> {
  const { modelTopology, weightsManifest } = JSON.parse(await readFile(path, "utf8")) as {
    modelTopology: object;
    weightsManifest: { paths: string[]; weights: tf.io.WeightsManifestEntry[] }[];
  };
  if (!Array.isArray(weightsManifest)) throw new Error("it has no list weightsManifest.");
  const files = weightsManifest.flatMap(({ paths }) => paths);
  const outside = files.find((file) => file !== basename(file));
  if (outside !== undefined) {
    throw new Error(`its weights must be files beside it, got ${JSON.stringify(outside)}`);
  }
  const parts = await Promise.all(files.map((file) => readFile(join(dirname(path), file))));
  const bytes = Buffer.concat(parts);
  return {
    modelTopology,
    weightSpecs: weightsManifest.flatMap(({ weights }) => weights),
    weightData: bytes.buffer.slice(
      bytes.byteOffset,
      bytes.byteOffset + bytes.length,
    ) as ArrayBuffer,
  };
}
