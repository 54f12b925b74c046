export type {
  Applied,
  ApplyContext,
  Architecture,
  Initializer,
  ModelState,
  ParameterSpec,
} from "./architecture.js";
export { type DeepBindOptions, deepBind } from "./deep-bind.js";
export { type LeNetOptions, leNet } from "./le-net.js";
export { type LinearRegressionOptions, linearRegression } from "./linear-regression.js";
export { type PerceptronOptions, perceptron } from "./perceptron.js";
export { type StackedLstmOptions, stackedLstm } from "./stacked-lstm.js";
export {
  type TransformerLanguageModelOptions,
  transformerLanguageModel,
} from "./transformer-language-model.js";
export { type WideResNetOptions, wideResNet } from "./wide-res-net.js";
