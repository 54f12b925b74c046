import type { ParameterKind, Shape } from "./matrix-view.js";

/** What has to be known of a model to cut its parameters; every architecture of `@muir/models` is one. */
export interface DecomposableModel {
  readonly name: string;
  /** By name, in the order of their locations. */
  readonly parameters: Readonly<Record<string, DecomposableParameter>>;
}

/** What has to be known of a parameter to cut it. */
export interface DecomposableParameter {
  readonly shape: Shape;
  /** How the weights are read as matrices. Without it the parameter stays private. */
  readonly kind?: ParameterKind;
}
