/**
 * Functions of the compiled module that work on a part of their items, so that threads can share
 * them, and what they take before that part. Tensors are given as byte offsets, flags as 0 and 1;
 * `assembly/README.md` lists layouts and what may overlap.
 */
export interface PartKernels {
  /** Items: numbers. */
  addNumbers: [a: number, b: number, y: number];
  /** Items: rows. */
  addRow: [x: number, row: number, y: number, columns: number];
  /** Items: numbers. */
  adam: [
    parameter: number,
    gradient: number,
    firstMoment: number,
    secondMoment: number,
    newParameter: number,
    newFirstMoment: number,
    newSecondMoment: number,
    beta1: number,
    rest1: number,
    beta2: number,
    rest2: number,
    rate: number,
    correction: number,
    decay: number,
    epsilon: number,
  ];
  /** Items: blocks of rows. */
  channelGradientSums: [
    x: number,
    gradient: number,
    means: number,
    factors: number,
    offsets: number,
    sums: number,
    products: number,
    rows: number,
    channels: number,
    relu: number,
    blockRows: number,
  ];
  /** Items: rows. */
  channelGradients: [
    x: number,
    gradient: number,
    result: number,
    factors: number,
    offsets: number,
    slopes: number,
    constants: number,
    channels: number,
    relu: number,
  ];
  /** Items: blocks of rows. */
  channelMoments: [
    x: number,
    means: number,
    squares: number,
    rows: number,
    channels: number,
    blockRows: number,
  ];
  /** Items: rows of all output images. `bias` is 0 where there is none. */
  convolve: [
    x: number,
    filter: number,
    bias: number,
    y: number,
    ...sizes: ConvolutionSizes,
    dilationHeight: number,
    dilationWidth: number,
    padTop: number,
    padLeft: number,
  ];
  /** Items: images; sums of each part, for `sumParts`. */
  convolveFilterGradient: [
    x: number,
    gradient: number,
    sums: number,
    partImages: number,
    ...sizes: ConvolutionSizes,
    padTop: number,
    padLeft: number,
  ];
  /** Items: rows of all input images. */
  convolveInputGradient: [
    gradient: number,
    filter: number,
    inputGradient: number,
    ...sizes: ConvolutionSizes,
    padTop: number,
    padLeft: number,
  ];
  /** Items: images; sums of each part, for `sumParts`. */
  depthwiseFilterGradient: [
    x: number,
    gradient: number,
    sums: number,
    partImages: number,
    ...sizes: DepthwiseSizes,
  ];
  /** Items: images. */
  depthwiseInputGradient: [
    gradient: number,
    filter: number,
    inputGradient: number,
    ...sizes: DepthwiseSizes,
  ];
  /** Items: rows. */
  gatherRows: [source: number, indices: number, target: number, rowBytes: number];
  /** Items: locations. */
  generateBlocks: [
    modules: number,
    contexts: number,
    moduleOf: number,
    beliefs: number,
    ends: number,
    blocks: number,
    contextSize: number,
    size: number,
  ];
  /** Items: hypermodules. */
  generateBlocksGradient: [
    modules: number,
    contexts: number,
    order: number,
    moduleEnds: number,
    locationOf: number,
    beliefs: number,
    gradient: number,
    modulesGradient: number,
    products: number,
    contextSize: number,
    size: number,
  ];
  /** Items: locations. */
  generatorSums: [
    contexts: number,
    beliefs: number,
    ends: number,
    products: number,
    contextsGradient: number,
    slopes: number,
    contextSize: number,
  ];
  /** Items: units. */
  lstmStep: [
    hidden: number,
    cell: number,
    packed: number,
    gates: number,
    newHidden: number,
    newCell: number,
    batch: number,
    units: number,
  ];
  /** Items: units. `nextGradient` is 0 at the last time step. */
  lstmStepGradient: [
    gradient: number,
    nextGradient: number,
    packed: number,
    gates: number,
    cell: number,
    newCell: number,
    gatesGradient: number,
    hiddenGradient: number,
    cellGradient: number,
    batch: number,
    units: number,
  ];
  /** Items: rows of all output images. */
  maxPool: [x: number, y: number, ...sizes: PoolSizes];
  /** Items: images. */
  maxPoolGradient: [
    x: number,
    y: number,
    gradient: number,
    inputGradient: number,
    ...sizes: PoolSizes,
  ];
  /** Items: rows of the product if `alongRows`, otherwise columns. `bias` is 0 where there is none. */
  multiplyMatrices: [
    a: number,
    b: number,
    c: number,
    bias: number,
    rows: number,
    columns: number,
    depth: number,
    transposeA: number,
    transposeB: number,
    alongRows: number,
  ];
  /** Items: products. */
  multiplyStack: [
    a: number,
    b: number,
    c: number,
    rows: number,
    columns: number,
    depth: number,
    transposeA: number,
    transposeB: number,
    entryA: number,
    entryB: number,
  ];
  /** Items: numbers. */
  relu: [x: number, y: number];
  /** Items: rows. */
  scaleChannels: [
    x: number,
    y: number,
    factors: number,
    offsets: number,
    channels: number,
    relu: number,
  ];
  /** Items: rows. `gradient` is 0 where none is asked for. */
  softmaxCrossEntropy: [
    logits: number,
    labels: number,
    sums: number,
    margins: number,
    gradient: number,
    classes: number,
    scale: number,
  ];
  /** Items: rows; sums of each part, for `sumParts`. */
  sumColumns: [x: number, sums: number, columns: number, partRows: number];
  /** Items: numbers of the sum. */
  sumParts: [source: number, target: number, parts: number, count: number];
  /** Items: numbers of a row. */
  sumSegments: [
    source: number,
    ids: number,
    target: number,
    segments: number,
    count: number,
    row: number,
  ];
  /** Items: sequences. */
  symbolConvolutionMax: [
    sequences: number,
    tables: number,
    bias: number,
    scores: number,
    positions: number,
    length: number,
    width: number,
    symbols: number,
    filters: number,
    together: number,
  ];
  /** Items: filters. */
  symbolConvolutionMaxGradient: [
    sequences: number,
    positions: number,
    gradient: number,
    tableGradient: number,
    biasGradient: number,
    count: number,
    length: number,
    width: number,
    symbols: number,
    filters: number,
  ];
  /** Items: places. */
  symbolTables: [
    table: number,
    tables: number,
    width: number,
    symbols: number,
    filters: number,
    together: number,
  ];
  /** Items: tiles of 4 x 4 outputs. `bias` is 0 where there is none. */
  winogradConvolve: [
    x: number,
    transformed: number,
    bias: number,
    y: number,
    ...sizes: WinogradSizes,
  ];
  /** Items: channels that are summed over. */
  winogradFilter: [
    filter: number,
    transformed: number,
    inChannels: number,
    outChannels: number,
    backward: number,
  ];
  /** Items: pairs of channels. */
  winogradFilterFinish: [sums: number, parts: number, filterGradient: number, pairs: number];
  /** Items: tiles of 4 x 4 outputs; sums of each part, for `winogradFilterFinish`. */
  winogradFilterGradient: [
    x: number,
    gradient: number,
    sums: number,
    partTiles: number,
    ...sizes: WinogradSizes,
  ];
}

/** Functions that are not shared: they take little time, or return something. */
export interface WholeKernels {
  convolveFilterGradientScratch(
    inChannels: number,
    outHeight: number,
    outWidth: number,
    outChannels: number,
    filterHeight: number,
    filterWidth: number,
    strideHeight: number,
    strideWidth: number,
  ): number;
  convolveInputGradientScratch(
    inChannels: number,
    outChannels: number,
    filterHeight: number,
    filterWidth: number,
  ): number;
  convolveScratch(
    inChannels: number,
    outChannels: number,
    filterHeight: number,
    filterWidth: number,
  ): number;
  copyRuns(
    source: number,
    target: number,
    outer: number,
    outerStep: number,
    inner: number,
    innerStep: number,
    runBytes: number,
  ): void;
  findOutside(indices: number, count: number, limit: number): number;
  multiplyMatricesScratch(rows: number, columns: number, depth: number): number;
  packRecurrent(recurrent: number, packed: number, units: number): void;
  packRecurrentTransposed(recurrent: number, packed: number, units: number): void;
  packedRecurrentBytes(units: number): number;
  paddedFilters(filters: number): number;
  symbolConvolutionMaxScratch(length: number, filters: number): number;
  winogradConvolveScratch(inChannels: number, outChannels: number): number;
  winogradFilterBytes(depth: number, columns: number): number;
  winogradFilterGradientScratch(inChannels: number, outChannels: number): number;
  winogradSumsBytes(pairs: number): number;
}

/** The functions of the compiled module. */
export type TrainingKernels = WholeKernels & {
  [Name in keyof PartKernels]: (
    ...args: [...PartKernels[Name], begin: number, end: number, scratch: number]
  ) => void;
};

/** Of images, a filter and what they give; in the order that all three convolutions take them. */
export type ConvolutionSizes = [
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
];

/** Of images and windows over them, in the order that pooling takes them. */
export type PoolSizes = [
  inHeight: number,
  inWidth: number,
  channels: number,
  outHeight: number,
  outWidth: number,
  windowHeight: number,
  windowWidth: number,
  strideHeight: number,
  strideWidth: number,
  padTop: number,
  padLeft: number,
];

/** Of images and a 3 x 3 filter, in the order that convolutions in tiles take them. */
export type WinogradSizes = [
  inHeight: number,
  inWidth: number,
  inChannels: number,
  outHeight: number,
  outWidth: number,
  outChannels: number,
  padTop: number,
  padLeft: number,
];

/** From the height of the images to the left padding, in the order that both depthwise kernels take them. */
export type DepthwiseSizes = [
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
