import type { MatrixView, Shape } from "./matrix-view.js";
import type { Rearrangement } from "./plan-rearrangements.js";

/**
 * Where every block of every model stands. Plain numbers and strings: safe in JSON, and as small
 * for a million locations as for ten, because it holds one record a parameter and none a location.
 */
export interface DecompositionPlan {
  /** Rows m and columns n of every block. */
  readonly block: readonly [m: number, n: number];
  /** L, the number of locations of all models. */
  readonly locations: number;
  /** In the given order; each model's locations follow those of the model before. */
  readonly models: readonly PlannedModel[];
  /** The parameters that are generated, in the order of their locations. */
  readonly shared: readonly SharedParameter[];
  /** The parameters that are not, in the given order. */
  readonly private: readonly PrivateParameter[];
}

/** A run of neighbouring locations: `first`, `first + 1`, ... `first + count - 1`. */
export interface LocationRange {
  readonly first: number;
  readonly count: number;
}

/** A model and its locations; `count` is 0 if all its parameters are private. */
export interface PlannedModel extends LocationRange {
  readonly name: string;
}

/** A parameter that is cut into blocks, and its locations. */
export interface SharedParameter extends LocationRange {
  readonly model: string;
  readonly parameter: string;
  readonly shape: Shape;
  readonly view: MatrixView;
  /** Number of matrices in the stack. */
  readonly matrices: number;
  /** Rows of each matrix. */
  readonly rows: number;
  /** Columns of each matrix. */
  readonly columns: number;
  /** Matrices, rows of blocks and columns of blocks; `count` is their product. */
  readonly grid: readonly [matrices: number, rowBlocks: number, columnBlocks: number];
  /** Entries of its blocks that lie past the edge of the matrices and belong to no weight. */
  readonly discarded: number;
  /** The way from the tensor to its blocks; from blocks to tensor it is gone backwards. */
  readonly rearrangements: readonly Rearrangement[];
}

/** A parameter that stays its model's own. */
export interface PrivateParameter {
  readonly model: string;
  readonly parameter: string;
  readonly shape: Shape;
  readonly reason: string;
}
