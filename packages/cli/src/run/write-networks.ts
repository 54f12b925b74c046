import type { SnapshotTensor } from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";
import { formatSafetensors } from "./checkpoint/format-safetensors.js";
import type { PreparedRun } from "./prepared-run.js";
import type { RunFolder } from "./run-folder.js";

/** Where the plain network of a task lies in a run's folder. */
export const networkFile = (task: string) => `networks/${task}.safetensors`;

/**
 * Writes each task's network as it would be deployed, in the state the training is in: plain weights under the names
 * of its parameters, and `state/NAME` for what it carries beside them, but for streams, which begin anew.
 */
export async function writeNetworks(
  { tasks, training }: PreparedRun,
  folder: RunFolder,
): Promise<void> {
  const weights = training.weights();
  const states = training.states();
  try {
    for (const { name, architecture } of tasks) {
      const carried = Object.entries(states[name] ?? {})
        .filter(([state]) => !architecture.streamed?.includes(state))
        .map(([state, tensor]) => [`state/${state}`, tensor] as const);
      const tensors: Record<string, SnapshotTensor> = {};
      for (const [key, tensor] of [...Object.entries(weights[name]!), ...carried]) {
        const data = (await tensor.data()) as Float32Array | Int32Array;
        tensors[key] = { shape: tensor.shape, data };
      }
      const metadata = { format: "muir-network", task: name, architecture: architecture.name };
      folder.write(networkFile(name), Buffer.concat(formatSafetensors(tensors, metadata)));
    }
  } finally {
    tf.dispose([weights, states] as never);
  }
}
