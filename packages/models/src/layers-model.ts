export { formatLayersModel } from "./layers-model/format-layers-model.js";
export { type FromLayersModelOptions, fromLayersModel } from "./layers-model/from-layers-model.js";
export type { InputShapes } from "./layers-model/input-shapes.js";
export { type JoinedPart, joinParts, splitParts } from "./layers-model/joined-parts.js";
export { type LayerKinds, layerKinds } from "./layers-model/layer-kinds.js";
export type { LayersModelArchitecture } from "./layers-model/layers-model-architecture.js";
export type {
  LayerLike,
  LayersModelLike,
  LayerVariableLike,
  SymbolicTensorLike,
} from "./layers-model/layers-model-like.js";
export {
  modelWeights,
  type ToLayersModelOptions,
  toLayersModel,
} from "./layers-model/to-layers-model.js";
export type { ModelWeight, WeightChoice } from "./layers-model/weight-choice.js";
export type { WeightUse } from "./layers-model/weight-uses.js";
