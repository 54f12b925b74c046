import { fromLayersModel, toLayersModel } from "@muir/models/layers";
import * as tf from "@tensorflow/tfjs";
import { readLayersModel } from "../cross-modal/load-layers-model.js";
import { UsageError } from "../usage-error.js";
import { deepBindModel } from "./deep-bind-model.js";
import type { NetworkTensors, UnsetModel } from "./layer-weights.js";
import { leNetModel } from "./le-net-model.js";
import type { SavedNetwork } from "./read-network.js";
import { stackedLstmModel } from "./stacked-lstm-model.js";
import { wideResNetModel } from "./wide-res-net-model.js";

/**
 * A trained network as an ordinary layers model, which predicts and saves without muir.
 *
 * @returns the model, which the caller disposes.
 * @throws {UsageError} if layers of TensorFlow.js cannot express the network.
 */
export async function networkModel({
  task,
  tensors: plain,
  inputShape,
  architecture,
}: SavedNetwork): Promise<tf.LayersModel> {
  const tensors: Record<string, tf.Tensor> = {};
  for (const [name, { data, shape }] of Object.entries(plain)) {
    tensors[name] = tf.tensor(data, [...shape]);
  }
  try {
    switch (architecture?.kind) {
      case "lenet":
        return set(leNetModel, tensors, inputShape);
      case "wide-resnet":
        return set(wideResNetModel, tensors, inputShape);
      case "stacked-lstm":
        return set(stackedLstmModel, tensors, inputShape);
      case "deepbind":
        return set(deepBindModel, tensors, inputShape);
      case "layers-model":
        return await writeBack(architecture.path, tensors);
      default:
        throw new UsageError(
          `--format: must be safetensors for ${task}; layers of TensorFlow.js cannot express ${architecture?.kind === "transformer" ? "a transformer" : "stacked linear tasks"}. Use --format safetensors.`,
        );
    }
  } finally {
    tf.dispose(tensors);
  }
}

function set(
  build: (tensors: NetworkTensors, inputShape: readonly number[]) => UnsetModel,
  tensors: NetworkTensors,
  inputShape: readonly number[],
): tf.LayersModel {
  const { model, weights } = build(tensors, inputShape);
  for (const [layer, own] of Object.entries(weights)) model.getLayer(layer).setWeights([...own]);
  const own = new Set(Object.values(tensors));
  tf.dispose(
    Object.values(weights)
      .flat()
      .filter((tensor) => !own.has(tensor)),
  );
  return model;
}

/** The model that the task was given, with what it learned. */
async function writeBack(path: string, tensors: NetworkTensors): Promise<tf.LayersModel> {
  const model = await readLayersModel(path).catch((error: Error) => {
    throw new UsageError(
      `${path}: must still be the model that the run was given; ${error.message}`,
    );
  });
  const states = Object.entries(tensors).filter(([name]) => name.startsWith("state/"));
  const weights = Object.entries(tensors).filter(([name]) => !name.startsWith("state/"));
  return toLayersModel(fromLayersModel(model), {
    weights: Object.fromEntries(weights),
    state: Object.fromEntries(states.map(([name, tensor]) => [name.slice(6), tensor])),
    into: model,
  });
}
