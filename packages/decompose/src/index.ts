export { assemble, assembleModel } from "./assemble.js";
export { conv1d, conv2d, conv3d, depthwiseConv2d } from "./convolution.js";
export type { DecomposableModel, DecomposableParameter } from "./decomposable-model.js";
export type {
  DecompositionPlan,
  LocationRange,
  PlannedModel,
  PrivateParameter,
  SharedParameter,
} from "./decomposition-plan.js";
export { dense, stackedDense } from "./dense.js";
export { dissect, dissectModel } from "./dissect.js";
export { formatPlan } from "./format-plan.js";
export { keptEntries } from "./kept-entries.js";
export { formatAddress, type LocationAddress, locationAddress } from "./location-address.js";
export { type MatrixView, matrixView, type ParameterKind, type Shape } from "./matrix-view.js";
export { modelLocations } from "./model-locations.js";
export { planDecomposition } from "./plan-decomposition.js";
export type { Rearrangement } from "./plan-rearrangements.js";
export { gru, lstm } from "./recurrent.js";
export { conv2dTranspose } from "./transposed-convolution.js";
