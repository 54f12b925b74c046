export {
  BATCH_NORM,
  BATCH_NORM_GRADIENT,
  type BatchNormAttributes,
  type BatchNormGradientInputs,
  type BatchNormInputs,
} from "./batch-norm-kernel.js";
export {
  type BatchNormalized,
  type BatchNormalizeOptions,
  batchNormalize,
} from "./batch-normalize.js";
export { type DropoutOptions, dropout } from "./dropout.js";
export { embed } from "./embed.js";
export { LSTM, LSTM_GRADIENT, type LstmGradientInputs, type LstmInputs } from "./lstm-kernel.js";
export { type LstmSequence, type LstmSequenceOptions, lstmSequence } from "./lstm-sequence.js";
export { type Activation, type NormalizeOptions, normalize } from "./normalize.js";
export { softmaxCrossEntropy } from "./softmax-cross-entropy.js";
export {
  SOFTMAX_CROSS_ENTROPY,
  type SoftmaxCrossEntropyAttributes,
  type SoftmaxCrossEntropyInputs,
} from "./softmax-cross-entropy-kernel.js";
export {
  type SymbolConvolutionMaxOptions,
  symbolConvolutionMax,
} from "./symbol-convolution-max.js";
export {
  SYMBOL_CONVOLUTION_MAX,
  SYMBOL_CONVOLUTION_MAX_GRADIENT,
  type SymbolConvolutionMaxGradientAttributes,
  type SymbolConvolutionMaxGradientInputs,
  type SymbolConvolutionMaxInputs,
} from "./symbol-convolution-max-kernel.js";
