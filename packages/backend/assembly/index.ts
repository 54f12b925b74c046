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
export { gatherRows } from "./gather-rows";
export { generateBlocks } from "./generate-blocks";
export { generateBlocksGradient } from "./generate-blocks-gradient";
export { multiplyMatrices, multiplyMatricesScratch } from "./multiply-matrices";
export { sumSegments } from "./sum-segments";
