import {
  type Architecture,
  deepBind,
  leNet,
  stackedLstm,
  transformerLanguageModel,
  wideResNet,
} from "@muir/models";
import { UsageError } from "../usage-error.js";
import type { ArchitectureConfig } from "./architecture-config.js";
import type { LoadedData } from "./data/loaded-data.js";

type NamedArchitecture = Exclude<ArchitectureConfig, { kind: "layers-model" }>;

/**
 * The network for some data, as large at its ends as the data have it.
 *
 * @param task what errors call it.
 * @throws {UsageError} if the network is not made for such data, naming both.
 */
export function buildArchitecture(
  config: NamedArchitecture,
  { task, data }: { task: string; data: LoadedData },
): Architecture {
  const { splits, symbols, classes } = data;
  const { inputShape, targetShape } = splits.train;
  const needs = (what: string, holds: boolean) => {
    if (holds) return;
    const got = `inputs [${inputShape}] ${symbols > 0 ? `of ${symbols} symbols` : "of numbers"}`;
    throw new UsageError(
      `tasks.${task}: a ${config.kind} must have ${what}; its data have ${got}. Give it other data or another architecture.`,
    );
  };
  const images = inputShape as readonly [number, number, number];
  const { kind, ...sizes } = config;
  const isText = symbols > 0 && targetShape.length === 1 && targetShape[0] === inputShape[0];
  switch (config.kind) {
    case "lenet":
      needs("images [height, width, channels]", inputShape.length === 3 && symbols === 0);
      return leNet({ ...sizes, inputShape: images, classes });
    case "wide-resnet":
      needs("images [height, width, channels]", inputShape.length === 3 && symbols === 0);
      return wideResNet({ ...sizes, inputShape: images, classes });
    case "stacked-lstm":
      needs("text: windows of words, and the words that follow", isText);
      return stackedLstm({ ...sizes, vocabulary: symbols, time: inputShape[0]! });
    case "transformer":
      needs("text: windows of words, and the words that follow", isText);
      return transformerLanguageModel({ ...sizes, vocabulary: symbols, time: inputShape[0]! });
    case "deepbind":
      needs("sequences of bases, with a score each", symbols > 0 && !isText);
      return deepBind({ ...sizes, length: inputShape[0]!, symbols });
  }
}
