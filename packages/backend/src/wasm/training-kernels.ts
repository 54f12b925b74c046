/**
 * The functions of the compiled module. Tensors are given as byte offsets; `assembly/README.md`
 * lists layouts and what may overlap.
 */
export interface TrainingKernels {
  adam(
    parameter: number,
    gradient: number,
    firstMoment: number,
    secondMoment: number,
    newParameter: number,
    newFirstMoment: number,
    newSecondMoment: number,
    count: number,
    beta1: number,
    rest1: number,
    beta2: number,
    rest2: number,
    rate: number,
    correction: number,
    decay: number,
    epsilon: number,
  ): void;
  convolve(
    x: number,
    filter: number,
    y: number,
    scratch: number,
    images: number,
    inHeight: number,
    inWidth: number,
    inChannels: number,
    outHeight: number,
    outWidth: number,
    outChannels: number,
    filterHeight: number,
    filterWidth: number,
    strideHeight: number,
    strideWidth: number,
    dilationHeight: number,
    dilationWidth: number,
    padTop: number,
    padLeft: number,
  ): void;
  convolveScratch(inChannels: number, outChannels: number, taps: number): number;
  convolveFilterGradient(
    x: number,
    gradient: number,
    filterGradient: number,
    scratch: number,
    images: number,
    inHeight: number,
    inWidth: number,
    inChannels: number,
    outHeight: number,
    outWidth: number,
    outChannels: number,
    filterHeight: number,
    filterWidth: number,
    strideHeight: number,
    strideWidth: number,
    padTop: number,
    padLeft: number,
  ): void;
  convolveFilterGradientScratch(outWidth: number, outChannels: number): number;
  convolveInputGradient(
    gradient: number,
    filter: number,
    inputGradient: number,
    scratch: number,
    images: number,
    inHeight: number,
    inWidth: number,
    inChannels: number,
    outHeight: number,
    outWidth: number,
    outChannels: number,
    filterHeight: number,
    filterWidth: number,
    strideHeight: number,
    strideWidth: number,
    padTop: number,
    padLeft: number,
  ): void;
  convolveInputGradientScratch(inChannels: number, outChannels: number, taps: number): number;
  copyRuns(
    source: number,
    target: number,
    outer: number,
    outerStep: number,
    inner: number,
    innerStep: number,
    runBytes: number,
  ): void;
  depthwiseFilterGradient(
    x: number,
    gradient: number,
    filterGradient: number,
    scratch: number,
    ...sizes: DepthwiseSizes
  ): void;
  depthwiseInputGradient(
    gradient: number,
    filter: number,
    inputGradient: number,
    ...sizes: DepthwiseSizes
  ): void;
  gatherRows(
    source: number,
    indices: number,
    target: number,
    sourceRows: number,
    count: number,
    rowBytes: number,
  ): number;
  generateBlocks(
    modules: number,
    contexts: number,
    moduleOf: number,
    beliefs: number,
    ends: number,
    blocks: number,
    locations: number,
    contextSize: number,
    size: number,
  ): void;
  generateBlocksGradient(
    modules: number,
    contexts: number,
    moduleOf: number,
    beliefs: number,
    ends: number,
    gradient: number,
    modulesGradient: number,
    contextsGradient: number,
    slopes: number,
    moduleCount: number,
    locations: number,
    contextSize: number,
    size: number,
  ): void;
  multiplyMatrices(
    a: number,
    b: number,
    c: number,
    rows: number,
    columns: number,
    depth: number,
    transposeA: boolean,
    transposeB: boolean,
    scratch: number,
  ): void;
  multiplyMatricesScratch(rows: number, columns: number, depth: number): number;
  sumSegments(
    source: number,
    ids: number,
    target: number,
    segments: number,
    count: number,
    row: number,
  ): void;
}

/** From the number of images to the left padding, in the order that both depthwise kernels take them. */
export type DepthwiseSizes = [
  images: number,
  inHeight: number,
  inWidth: number,
  channels: number,
  outHeight: number,
  outWidth: number,
  multiplier: number,
  filterHeight: number,
  filterWidth: number,
  strideHeight: number,
  strideWidth: number,
  dilationHeight: number,
  dilationWidth: number,
  padTop: number,
  padLeft: number,
];
