/** Sizes of a tensor's axes, outermost first. */
export type Shape = readonly number[];

/**
 * How a weight tensor is read as a stack of matrices.
 *
 * `factors` is the tensor's shape with axes split where one axis holds several things (an LSTM
 * kernel `[in, 4u]` has factors `[in, 4, u]`). `stack`, `rows` and `columns` name axes of
 * `factors`; together they name each axis once. Rows are what the matrix takes in, columns what it
 * gives out.
 */
export interface MatrixView {
  readonly factors: Shape;
  readonly stack: readonly number[];
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/** A parameter kind: how weights of any shape of this kind are read. Five lines make a new one. */
export type ParameterKind = (shape: Shape) => MatrixView;
