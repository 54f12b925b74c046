import {
  type Architecture,
  deepBind,
  leNet,
  linearRegression,
  stackedLstm,
  wideResNet,
} from "@muir/models";
import { crossEntropy, type Loss, meanSquaredError } from "@muir/trainer";
import type { BenchSizes } from "../sizes.js";
import type { CaseName } from "./case-name.js";

/** One network of a case, and what its tensors are called there. */
export interface BenchNetwork {
  /** Its task, and the first part of its names in the joint cases. */
  readonly task: "lenet" | "wide_resnet" | "lstm" | "deepbind" | "synthetic";
  readonly architecture: Architecture;
  readonly loss: Loss;
  readonly batch: number;
  readonly inputs: "images" | "tokens" | "symbols" | "inputs";
  readonly targets: "labels" | "targets";
  /** The name of a parameter in the PyTorch programs. */
  nameOf(parameter: string): string;
}

/** The networks that a case trains, in the order of their locations; none for the generator alone. */
export function networksOf(name: CaseName, sizes: BenchSizes): BenchNetwork[] {
  if (name === "generation") return [];
  const tasks = {
    synthetic: [synthetic],
    deepbind: [genomics],
    stacked_lstm: [language],
    lenet: [smallVision],
    wide_resnet: [deepVision],
    joint_lenet: [smallVision, language, genomics],
    joint_wide_resnet: [deepVision, language, genomics],
  }[name];
  return tasks.map((network) => network(sizes));
}

const images = { inputs: "images", targets: "labels", loss: crossEntropy } as const;

const smallVision = ({ images: { side, batch }, leNet: options }: BenchSizes): BenchNetwork => ({
  task: "lenet",
  architecture: leNet({ ...options, inputShape: [side, side, 3] }),
  ...{ ...images, batch },
  nameOf: (parameter) => parameter.replace("dense", "fc").replace(".", "/"),
});

const deepVision = ({
  images: { side, batch },
  wideResNet: options,
}: BenchSizes): BenchNetwork => ({
  task: "wide_resnet",
  architecture: wideResNet({ ...options, inputShape: [side, side, 3] }),
  ...{ ...images, batch },
  nameOf: (parameter) =>
    parameter
      .replace(/^conv[.]/, "conv0.")
      .replace("dense", "fc")
      .replaceAll(/(?<=group|block|norm|conv)[1-9]\d*/g, (number) => String(Number(number) - 1))
      .replaceAll(".", "/"),
});

const language = ({ lstm: { vocabulary, time, units, batch } }: BenchSizes): BenchNetwork => ({
  task: "lstm",
  architecture: stackedLstm({ vocabulary, time, units, dropout: 0 }),
  ...{ inputs: "tokens", targets: "targets", loss: crossEntropy, batch },
  nameOf: (parameter) =>
    parameter
      .replace("softmax.", "decoder/")
      .replace(/^lstm(\d+)[.]/, (_, layer) => `layer${layer - 1}/`),
});

const genomics = ({ deepBind: { batch, ...options } }: BenchSizes): BenchNetwork => ({
  task: "deepbind",
  architecture: deepBind(options),
  ...{ inputs: "symbols", targets: "targets", loss: meanSquaredError, batch },
  nameOf: (parameter) => parameter.replace("dense", "fc").replace(".", "/"),
});

const synthetic = ({ synthetic: { tasks, inputs, samples } }: BenchSizes): BenchNetwork => ({
  task: "synthetic",
  architecture: linearRegression({ tasks, inputs }),
  ...{ inputs: "inputs", targets: "targets", loss: meanSquaredError, batch: samples },
  nameOf: (parameter) => parameter,
});
