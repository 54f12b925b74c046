import { arrayDataset } from "@muir/data";
import {
  completeSettings,
  createNetwork,
  type Metric,
  meanSquaredErrorMetric,
  type Network,
  perplexity,
  type Task,
} from "@muir/trainer";
import type { BenchSizes } from "../sizes.js";
import type { Folder } from "../tensor-folder.js";
import type { CaseName } from "./case-name.js";
import { numbersOf } from "./folder-tensors.js";
import { type BenchNetwork, networksOf } from "./networks.js";

/** Whether blocks generate weights of the case's networks. */
export const isShared = (name: CaseName): boolean =>
  name === "synthetic" || name.startsWith("joint_");

/** What a tensor of one of the case's networks is called in the folder. */
export function folderName(name: CaseName, { task }: BenchNetwork, own: string): string {
  return name.startsWith("joint_") ? `${task}/${own}` : own;
}

/** The networks of a case as tasks of the trainer, each with the one batch that the folder holds. */
export function caseNetwork(name: CaseName, sizes: BenchSizes, folder: Folder): Network {
  const tasks = networksOf(name, sizes).map((network): Task => {
    const { architecture, loss, batch, task } = network;
    const split = arrayDataset({
      name: task,
      inputs: numbersOf(folder, folderName(name, network, network.inputs)),
      targets: numbersOf(folder, folderName(name, network, network.targets)),
      tasks: architecture.tasks,
    });
    return {
      name: task,
      ...{ architecture, loss, batchSize: batch },
      splits: { train: split, validation: split, test: split },
      metric: metricOf(network),
    };
  });
  return createNetwork(
    tasks,
    completeSettings({
      sharing: isShared(name) ? "hypermodules" : "none",
      contextSize: name === "synthetic" ? 1 : sizes.bank.contextSize,
      block: name === "synthetic" ? [sizes.synthetic.inputs, 1] : sizes.bank.block,
    }),
  );
}

const metricOf = ({ loss }: BenchNetwork): Metric =>
  loss.name === "crossEntropy" ? perplexity : meanSquaredErrorMetric;
