import type { Architecture } from "../architecture.js";
import type { JoinedPart } from "./joined-parts.js";
import type { LayersModelLike } from "./layers-model-like.js";
import type { WeightUse } from "./weight-uses.js";

/** An architecture made of a model. */
export interface LayersModelArchitecture<M extends LayersModelLike = LayersModelLike>
  extends Architecture {
  /** The model itself. Its own weights are neither used nor changed by `apply`. */
  readonly model: M;
  /** What becomes of each weight. `formatLayersModel` makes a table of it. */
  readonly weights: readonly WeightUse[];
  /** What is not carried over, for people. */
  readonly notes: readonly string[];
  /** The model's inputs; where there are several, each one's place in the joined tensor. */
  readonly inputs: readonly JoinedPart[];
  /** The model's outputs, likewise. */
  readonly outputs: readonly JoinedPart[];
}
