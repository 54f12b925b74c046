import { settled } from "@muir/hypermodule";
import {
  type Adam,
  type StepInputs,
  stepGradients,
  type TensorBatch,
  type TrainingState,
  trainStep,
} from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";
import type { BenchSizes } from "../sizes.js";
import type { Folder } from "../tensor-folder.js";
import { bankTensors } from "./bank-tensors.js";
import type { CaseName } from "./case-name.js";
import { caseNetwork, folderName, isShared } from "./case-tasks.js";
import type { CaseTraining } from "./case-training.js";
import { readAndDispose, tensorNamed } from "./folder-tensors.js";
import { type BenchNetwork, networksOf } from "./networks.js";

/** Steps of the trainer itself, on the one batch of each network that the folder holds. */
export function networkTraining(
  name: CaseName,
  { sizes, folder, optimizer }: { sizes: BenchSizes; folder: Folder; optimizer: Adam },
): CaseTraining {
  const network = caseNetwork(name, sizes, folder);
  const networks = networksOf(name, sizes);
  const shared = isShared(name) ? bankTensors(folder) : null;
  const state: TrainingState = {
    bank: shared?.bank ?? null,
    alignment: shared ? shared.candidates.alignment : new Int32Array(0),
    privates: privatesIn(name, networks, { folder, names: namesOf(network.plan.private) }),
    modelStates: Object.fromEntries(
      networks.map(({ task, architecture, batch }) => [
        task,
        architecture.initialState?.(batch) ?? {},
      ]),
    ),
    optimizer,
  };
  let batches = networks.map(
    (own): TensorBatch => ({
      inputs: tensorNamed(folder, folderName(name, own, own.inputs)),
      targets: tensorNamed(folder, folderName(name, own, own.targets)),
      size: own.batch,
      continues: false,
    }),
  );
  let softWeights = shared?.softWeights;
  const inputs = (): StepInputs => ({
    candidates: shared ? shared.candidates : settled(state.alignment),
    ...(softWeights && { softWeights }),
    batches,
    random: Object.fromEntries(networks.map(({ task }) => [task, noDropout])),
  });

  return {
    async gradients() {
      const found = stepGradients(network, state, inputs());
      const own = Object.values(state.modelStates).flatMap((tensors) => Object.values(tensors));
      const next = Object.values(found.modelStates).flatMap((tensors) => Object.values(tensors));
      tf.dispose(next.filter((tensor) => !own.includes(tensor)));
      return {
        losses: await valuesOf(found.losses),
        gradients: await readAndDispose(renamed(name, networks, found.gradients)),
      };
    },
    async step() {
      const start = performance.now();
      const taken = trainStep(network, state, inputs());
      const losses = await valuesOf(taken.losses);
      const milliseconds = performance.now() - start;
      softWeights = taken.softWeights;
      batches = batches.map((batch) => ({ ...batch, continues: true }));
      return { milliseconds, losses };
    },
    dispose() {
      const { bank, privates, modelStates } = state;
      tf.dispose([{ ...bank }, privates, modelStates, softWeights ?? []] as never);
      tf.dispose(batches.map(({ inputs, targets }) => [inputs, targets]));
      optimizer.dispose();
    },
  };
}

const namesOf = (parameters: readonly { model: string; parameter: string }[]) =>
  new Set(parameters.map(({ model, parameter }) => `${model}/${parameter}`));

/** Parameters that no blocks generate, by `task/parameter`. */
function privatesIn(
  name: CaseName,
  networks: readonly BenchNetwork[],
  { folder, names }: { folder: Folder; names: ReadonlySet<string> },
): Record<string, tf.Tensor> {
  const entries = networks.flatMap((network) =>
    Object.keys(network.architecture.parameters)
      .filter((parameter) => names.has(`${network.task}/${parameter}`))
      .map((parameter): [string, tf.Tensor] => [
        `${network.task}/${parameter}`,
        tensorNamed(folder, folderName(name, network, network.nameOf(parameter))),
      ]),
  );
  return Object.fromEntries(entries);
}

/** Gradients by the folder's names instead of the trainer's. */
function renamed(
  name: CaseName,
  networks: readonly BenchNetwork[],
  gradients: Readonly<Record<string, tf.Tensor>>,
): Record<string, tf.Tensor> {
  const entries = Object.entries(gradients).map(([own, tensor]): [string, tf.Tensor] => {
    const [task, parameter] = own.split("/") as [string, string | undefined];
    if (parameter === undefined) return [own, tensor];
    const network = networks.find((network) => network.task === task)!;
    return [folderName(name, network, network.nameOf(parameter)), tensor];
  });
  return Object.fromEntries(entries);
}

async function valuesOf(losses: readonly tf.Tensor[]): Promise<number[]> {
  const values = await Promise.all(losses.map((loss) => loss.data()));
  tf.dispose(losses as tf.Tensor[]);
  return values.flatMap((own) => [...own]);
}

const noDropout = () => {
  throw new Error("networkTraining: a benchmark draws nothing");
};
