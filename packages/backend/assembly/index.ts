export { adam } from "./adam";
export { convolve, convolveScratch } from "./convolve";
export {
  convolveFilterGradient,
  convolveFilterGradientScratch,
} from "./convolve-filter-gradient";
export { convolveInputGradient, convolveInputGradientScratch } from "./convolve-input-gradient";
export { copyRuns } from "./copy-runs";
export { depthwiseFilterGradient } from "./depthwise-filter-gradient";
export { depthwiseInputGradient } from "./depthwise-input-gradient";
export { findOutside, gatherRows } from "./gather-rows";
export { generateBlocks } from "./generate-blocks";
export { generateBlocksGradient, generatorSums } from "./generate-blocks-gradient";
export { multiplyMatrices, multiplyMatricesScratch, multiplyStack } from "./multiply-matrices";
export { sumParts } from "./sum-parts";
export { sumSegments } from "./sum-segments";
