/** Sizes of a tensor's axes, outermost first. */
export type Shape = readonly number[];

/**
 * How a weight tensor is read as a stack of matrices.
 *
 * `factors` is the tensor's shape with axes split where one axis holds several things (an LSTM
 * kernel `[in, 4u]` has factors `[in, 4, u]`). `stack`, `rows` and `columns` name axes of
 * `factors`; together they name each axis once. Rows are what the matrix takes in, columns what it
 * gives out. Several axes in one list count as one, the last of them fastest; an empty list counts
 * as an axis of size 1, so that a vector can be one row or one column.
 */
export interface MatrixView {
  readonly factors: Shape;
  readonly stack: readonly number[];
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/** A parameter kind: how weights of any shape of this kind are read. Five lines make a new one. */
export type ParameterKind = (shape: Shape) => MatrixView;

/**
 * The kind of a parameter whose view the caller writes down: for any rank and any layout.
 *
 * @throws {RangeError} if the lists do not name every axis of `factors` exactly once, or a factor is
 * not a positive integer. The kind itself throws if `factors` do not split the shape it is given.
 * @example
 * ```ts
 * // the output projection of an attention layer, [heads, headSize, out]: heads and headSize go in
 * const kind = matrixView({ factors: [8, 32, 256], stack: [], rows: [0, 1], columns: [2] });
 * planDecomposition([{ name: "a", parameters: { w: { shape: [8, 32, 256], kind } } }], {
 *   block: [16, 16],
 * }).shared[0]!.grid; // [1, 16, 16]
 * ```
 */
export function matrixView(view: MatrixView): ParameterKind {
  const flaw = flawOfAxes(view);
  if (flaw !== undefined) throw new RangeError(`matrixView: ${flaw}`);
  return (shape) => {
    const flaw = flawOfFactors(view.factors, shape);
    if (flaw !== undefined) throw new RangeError(`matrixView: ${flaw}`);
    return view;
  };
}

/** What is wrong with `view` as a reading of a tensor of `shape`; undefined if nothing is. */
export function flawOfView(view: MatrixView, shape: Shape): string | undefined {
  for (const list of ["factors", "stack", "rows", "columns"] as const) {
    if (!Array.isArray(view?.[list])) {
      return `${list} must be a list of numbers; got ${view?.[list]} of ${JSON.stringify(view)}.`;
    }
  }
  return flawOfAxes(view) ?? flawOfFactors(view.factors, shape);
}

function flawOfAxes({ factors, stack, rows, columns }: MatrixView): string | undefined {
  if (!factors.every((size) => Number.isInteger(size) && size > 0)) {
    return `factors must be positive integers; got [${factors}].`;
  }
  const named = [...stack, ...rows, ...columns].sort((a, b) => a - b);
  if (named.length === factors.length && named.every((axis, i) => axis === i)) return undefined;
  return (
    `stack, rows and columns together must name each axis of factors [${factors}], ` +
    `0 to ${factors.length - 1}, exactly once; got stack [${stack}], rows [${rows}], columns [${columns}].`
  );
}

/** Each axis must be the product of a run of factors: splitting moves nothing, so rows stay rows. */
function flawOfFactors(factors: Shape, shape: Shape): string | undefined {
  let next = 0;
  const splits = shape.every((size) => {
    let product = 1;
    while (product < size && next < factors.length) product *= factors[next++]!;
    return product === size;
  });
  if (splits && factors.slice(next).every((size) => size === 1)) return undefined;
  return (
    `factors [${factors}] must split the axes of shape [${shape}], each into factors whose product ` +
    "it is; to merge axes, name several of them in stack, rows or columns."
  );
}
