export { adam } from "./adam";
export { channelMoments, scaleChannels } from "./batch-norm";
export { channelGradientSums, channelGradients } from "./batch-norm-gradient";
export { convolve, convolveScratch } from "./convolve";
export {
  convolveFilterGradient,
  convolveFilterGradientScratch,
} from "./convolve-filter-gradient";
export { convolveInputGradient, convolveInputGradientScratch } from "./convolve-input-gradient";
export { copyRuns } from "./copy-runs";
export { depthwiseFilterGradient } from "./depthwise-filter-gradient";
export { depthwiseInputGradient } from "./depthwise-input-gradient";
export { addNumbers, addRow, relu } from "./elementwise";
export { findOutside, gatherRows } from "./gather-rows";
export { generateBlocks } from "./generate-blocks";
export { generateBlocksGradient, generatorSums } from "./generate-blocks-gradient";
export {
  lstmStep,
  packedRecurrentBytes,
  packRecurrent,
  packRecurrentTransposed,
} from "./lstm";
export { lstmStepGradient } from "./lstm-gradient";
export { maxPool, maxPoolGradient } from "./max-pool";
export { multiplyMatrices, multiplyMatricesScratch, multiplyStack } from "./multiply-matrices";
export { softmaxCrossEntropy } from "./softmax-cross-entropy";
export { sumColumns } from "./sum-columns";
export { sumParts } from "./sum-parts";
export { sumSegments } from "./sum-segments";
export {
  paddedFilters,
  symbolConvolutionMax,
  symbolConvolutionMaxGradient,
  symbolConvolutionMaxScratch,
  symbolTables,
} from "./symbol-convolution";
export { winogradConvolve, winogradConvolveScratch } from "./winograd-convolve";
export { winogradFilter, winogradFilterBytes } from "./winograd-filter";
export { winogradFilterFinish, winogradSumsBytes } from "./winograd-filter-finish";
export {
  winogradFilterGradient,
  winogradFilterGradientScratch,
} from "./winograd-filter-gradient";
