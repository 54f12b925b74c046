export type { Adapters } from "./adapters.js";
export { type Bank, type BankSizes, bankSizes, disposeBank } from "./bank.js";
export { type Candidates, settled } from "./candidates.js";
export { type BankOptions, createBank, drawModules } from "./create-bank.js";
export { type Deployment, deploy, deployedBlocks, disposeDeployment } from "./deploy.js";
export { type FitBankOptions, fitBank } from "./fit-bank.js";
export { type BankGradient, blocksGradient, generateBlocks } from "./generate-blocks.js";
export {
  GENERATE_BLOCKS,
  GENERATE_BLOCKS_GRADIENT,
  type GenerateBlocksAttributes,
  type GenerateBlocksGradientInputs,
  type GenerateBlocksInputs,
} from "./generate-blocks-kernel.js";
export {
  type ContextScaleOptions,
  contextScale,
  type InitialScale,
  moduleDeviation,
} from "./initial-scale.js";
export { materialize } from "./materialize.js";
export { type ModuleStatistics, moduleStatistics } from "./module-statistics.js";
export { deployedParameters, isKept, trainedParameters } from "./parameter-count.js";
export { requireGradients } from "./require-gradients.js";
