import {
  type DecomposableParameter,
  type DecompositionPlan,
  type MatrixView,
  matrixView,
  planDecomposition,
} from "@muir/decompose";
import { exact, numbered } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";

export type Weights = Record<string, Record<string, tf.Tensor>>;

const roles = ["stack", "rows", "columns"] as const;

const axes = fc.record({
  size: fc.integer({ min: 1, max: 4 }),
  role: fc.constantFrom(...roles),
  turn: fc.nat({ max: 9 }), // axes of one role are listed in this order
  joined: fc.boolean(), // to the axis before it, in the tensor's own shape
});

type Axis = typeof axes extends fc.Arbitrary<infer A> ? A : never;

/** A parameter of any rank that is read in any way, whose axes blocks need not divide. */
export const sharedParameters = () =>
  fc.array(axes, { maxLength: 4 }).map((given) => {
    const view = viewOf(given);
    return { shape: shapeOf(given), view, kind: matrixView(view) };
  });

const privateParameters: fc.Arbitrary<DecomposableParameter> = fc
  .array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 })
  .map((shape) => ({ shape }));

/** One to three models of one to three parameters, at least one of them shared, planned. */
export const plans = () =>
  fc
    .record({
      first: sharedParameters(),
      rest: fc.array(
        fc.array(fc.oneof({ weight: 3, arbitrary: sharedParameters() }, privateParameters), {
          minLength: 1,
          maxLength: 3,
        }),
        { maxLength: 2 },
      ),
      more: fc.array(fc.oneof(sharedParameters(), privateParameters), { maxLength: 2 }),
      m: fc.integer({ min: 1, max: 4 }),
      n: fc.integer({ min: 1, max: 4 }),
    })
    .map(({ first, more, rest, m, n }) => {
      const models = [[first, ...more], ...rest].map((parameters, i) => ({
        name: `model${i}`,
        parameters: Object.fromEntries(parameters.map((parameter, j) => [`p${j}`, parameter])),
      }));
      return planDecomposition(models, { block: [m, n] });
    });

/** Weights for a plan, all of whose entries differ and none of which is 0. */
export function numberedWeights(plan: DecompositionPlan): Weights {
  let next = 1;
  return weightsOf(plan, (shape) => {
    const tensor = tf.add(numbered(shape), next);
    next += tensor.size;
    return tensor;
  });
}

/** Weights for a plan: small integers drawn from `seed`. */
export const exactWeights = (plan: DecompositionPlan, seed: number): Weights =>
  weightsOf(plan, (shape, i) => exact(shape, seed + i));

/** The blocks of a plan: small integers drawn from `seed`. */
export const exactBlocks = ({ locations, block }: DecompositionPlan, seed: number) =>
  exact([locations, ...block], seed);

/** Sum of products of entries, over all parameters of all models. */
export const inner = (a: Weights, b: Weights) =>
  tf.addN(
    Object.entries(a).flatMap(([model, parameters]) =>
      Object.entries(parameters).map(([name, weight]) => tf.sum(tf.mul(weight, b[model]![name]!))),
    ),
  );

/**
 * The entries of all blocks, `[L, m, n]` row-major, found the slow and obvious way: for each weight
 * its matrix, row and column, and so its location and its place in the block.
 */
export function blocksEntryByEntry(weights: Weights, plan: DecompositionPlan): Float32Array {
  const [m, n] = plan.block;
  const blocks = new Float32Array(plan.locations * m * n);
  for (const { model, parameter, view, grid, first } of plan.shared) {
    const [, rowBlocks, columnBlocks] = grid;
    weights[model]![parameter]!.dataSync().forEach((entry, flat) => {
      const index = unravel(flat, view.factors);
      const matrix = ravel(view.stack, { index, factors: view.factors });
      const row = ravel(view.rows, { index, factors: view.factors });
      const column = ravel(view.columns, { index, factors: view.factors });
      const blockRow = matrix * rowBlocks + Math.floor(row / m);
      const location = first + blockRow * columnBlocks + Math.floor(column / n);
      blocks[(location * m + (row % m)) * n + (column % n)] = entry;
    });
  }
  return blocks;
}

function weightsOf(
  plan: DecompositionPlan,
  make: (shape: readonly number[], i: number) => tf.Tensor,
): Weights {
  const weights: Weights = Object.fromEntries(plan.models.map(({ name }) => [name, {}]));
  plan.shared.forEach(({ model, parameter, shape }, i) => {
    weights[model]![parameter] = make(shape, i);
  });
  return weights;
}

function viewOf(given: readonly Axis[]): MatrixView {
  const listed = given.map((axis, i) => ({ ...axis, i })).sort((a, b) => a.turn - b.turn);
  const [stack, rows, columns] = roles.map((role) =>
    listed.filter((axis) => axis.role === role).map(({ i }) => i),
  );
  return {
    factors: given.map(({ size }) => size),
    stack: stack!,
    rows: rows!,
    columns: columns!,
  };
}

function shapeOf(given: readonly Axis[]): number[] {
  const shape: number[] = [];
  for (const { size, joined } of given) shape.push(joined ? (shape.pop() ?? 1) * size : size);
  return shape;
}

function unravel(flat: number, sizes: readonly number[]): number[] {
  const index = new Array<number>(sizes.length);
  for (let axis = sizes.length - 1; axis >= 0; axis--) {
    index[axis] = flat % sizes[axis]!;
    flat = Math.floor(flat / sizes[axis]!);
  }
  return index;
}

const ravel = (
  axes: readonly number[],
  { index, factors }: { index: readonly number[]; factors: readonly number[] },
) => axes.reduce((flat, axis) => flat * factors[axis]! + index[axis]!, 0);
