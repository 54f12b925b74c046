export { type ArrayDatasetOptions, arrayDataset } from "./array-dataset.js";
export {
  type Batches,
  batches,
  type CursorState,
  restoreBatches,
} from "./batches.js";
export type { BatchesOptions } from "./cut.js";
export { DataError, isDataError } from "./data-error.js";
export type { Batch, Dataset, NumericArray, Splits } from "./dataset.js";
export type { FloatArray } from "./float-array.js";
export { formatNpy, type NpyArray } from "./format-npy.js";
export type { FactorSpacing, GroupedWeights } from "./grouped-weights.js";
export type { Augmentation } from "./images/augmentation.js";
export {
  CIFAR10_BYTES,
  CIFAR10_CLASSES,
  type Cifar10Options,
  cifar10Splits,
} from "./images/cifar10.js";
export { type ContactSheetOptions, contactSheet } from "./images/contact-sheet.js";
export { type ImageDatasetOptions, imageDataset } from "./images/image-dataset.js";
export type { LabelledImages } from "./images/labelled-images.js";
export { parseCifarBatch } from "./images/parse-cifar-batch.js";
export {
  type CifarSheet,
  type CifarSheetOptions,
  parseCifarLabels,
  parseCifarSheet,
} from "./images/parse-cifar-sheet.js";
export {
  type KangRegression,
  type KangRegressionOptions,
  kangRegression,
} from "./kang-regression.js";
export { oneLine } from "./one-line.js";
export { parseNpy } from "./parse-npy.js";
export {
  checkRegressionData,
  type RegressionData,
  type RegressionField,
} from "./regression-data.js";
export { type RegressionSplitsOptions, regressionSplits } from "./regression-splits.js";
export { BASES, decodeBases, encodeBases } from "./sequences/bases.js";
export {
  type BindingOptions,
  type BindingPickles,
  bindingSplits,
  type ScoredSplits,
} from "./sequences/binding-set.js";
export { type PickledValue, parsePickle } from "./sequences/parse-pickle.js";
export type { Scale } from "./sequences/scale.js";
export { type ScoreSplitsOptions, type ScoreTable, scoreSplits } from "./sequences/score-table.js";
export type { SplittableRandom } from "./splittable-random.js";
export { subset } from "./subset.js";
export { type FrequentWords, frequentWords } from "./text/frequent-words.js";
export { type TokenStreams, type TokenStreamsOptions, tokenStreams } from "./text/token-streams.js";
export { type TokenizeOptions, type Tokens, tokenize } from "./text/tokenizer.js";
export { createVocabulary, END_OF_LINE, UNKNOWN, type Vocabulary } from "./text/vocabulary.js";
