import { checkBlock, checkModels, isSize } from "./check-models.js";
import type { DecomposableModel } from "./decomposable-model.js";
import type {
  DecompositionPlan,
  PlannedModel,
  PrivateParameter,
  SharedParameter,
} from "./decomposition-plan.js";
import { flawOfView, type MatrixView, type ParameterKind, type Shape } from "./matrix-view.js";
import { planRearrangements } from "./plan-rearrangements.js";

/**
 * Plans the cut of all `models` into blocks of one size: the places of the paper's pseudo-tasks.
 *
 * Every parameter with a kind is read as a stack of matrices; each matrix is cut into blocks, rows
 * by m and columns by n. Locations are counted in the given order of models and parameters, and
 * within a parameter by matrix, then row, then column. At edges that m or n do not divide a whole
 * block stands, of which the part past the edge is discarded.
 *
 * @throws {RangeError} if m or n is not a positive integer; if there are no models, two have one
 * name, or one has no parameters; if an axis of a parameter is not a positive integer; if a shape
 * does not fit its kind.
 * @throws {TypeError} if a kind is not a function.
 * @example
 * ```ts
 * const mlp = {
 *   name: "mlp",
 *   parameters: {
 *     hidden: { shape: [576, 128], kind: dense },
 *     bias: { shape: [128] },
 *   },
 * };
 * planDecomposition([mlp], { block: [16, 16] }).locations; // 288
 * ```
 */
export function planDecomposition(
  models: readonly DecomposableModel[],
  { block }: { block: readonly [m: number, n: number] },
): DecompositionPlan {
  checkBlock(block);
  checkModels(models);
  const shared: SharedParameter[] = [];
  const own: PrivateParameter[] = [];
  let locations = 0;
  const planned = models.map(({ name: model, parameters }): PlannedModel => {
    const first = locations;
    for (const [parameter, { shape, kind }] of Object.entries(parameters)) {
      const place = { model, parameter, shape: [...shape] };
      checkShape(place);
      if (kind === undefined) {
        own.push({ ...place, reason: "no kind given" });
      } else {
        shared.push(cut(place, { view: viewOf(place, kind), block, first: locations }));
        locations += shared.at(-1)!.count;
      }
    }
    return { name: model, first, count: locations - first };
  });
  return { block: [block[0], block[1]], locations, models: planned, shared, private: own };
}

interface Place {
  readonly model: string;
  readonly parameter: string;
  readonly shape: Shape;
}

interface Cut {
  readonly view: MatrixView;
  readonly block: readonly [number, number];
  readonly first: number;
}

function cut(place: Place, { view, block, first }: Cut): SharedParameter {
  const [m, n] = block;
  const size = (axes: readonly number[]) =>
    axes.reduce((product, axis) => product * view.factors[axis]!, 1);
  const [matrices, rows, columns] = [size(view.stack), size(view.rows), size(view.columns)];
  const grid = [matrices, Math.ceil(rows / m), Math.ceil(columns / n)] as const;
  const count = grid[0] * grid[1] * grid[2];
  const discarded = count * m * n - matrices * rows * columns;
  const rearrangements = planRearrangements(view, block);
  return { ...place, view, matrices, rows, columns, grid, first, count, discarded, rearrangements };
}

function viewOf(place: Place, kind: ParameterKind): MatrixView {
  if (typeof kind !== "function") {
    throw new TypeError(
      `planDecomposition: the kind of ${named(place)} must be a function from a shape to a MatrixView, ` +
        `such as dense; got ${JSON.stringify(kind)}.`,
    );
  }
  const view = viewBy(kind, place);
  const flaw = flawOfView(view, place.shape);
  if (flaw === undefined) return view;
  throw new RangeError(`planDecomposition: the kind of ${named(place)} gave a wrong view: ${flaw}`);
}

function viewBy(kind: ParameterKind, place: Place): MatrixView {
  try {
    return kind(place.shape);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause; // a fault of the kind itself
    throw new RangeError(
      `planDecomposition: ${named(place)} does not fit its kind. ${cause.message} ` +
        "Leave the kind out to keep the parameter private, or write its view with matrixView.",
      { cause },
    );
  }
}

function checkShape(place: Place): void {
  if (place.shape.every(isSize)) return;
  throw new RangeError(
    `planDecomposition: every axis must be a positive integer; got shape [${place.shape}] for ${named(place)}.`,
  );
}

const named = ({ model, parameter }: Place) => `parameter "${parameter}" of model "${model}"`;
