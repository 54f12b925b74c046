import type { DecompositionPlan } from "./decomposition-plan.js";

/** Where a location is: which matrix of which parameter, and which of its blocks. */
export interface LocationAddress {
  readonly model: string;
  readonly parameter: string;
  /** Index in the stack of matrices. */
  readonly matrix: number;
  /** Index among the matrix's rows of blocks. */
  readonly row: number;
  /** Index among the matrix's columns of blocks. */
  readonly column: number;
}

/**
 * The address of a location. It is found by halving the list of parameters, so that a million
 * locations need no table.
 *
 * @param location from 0 to `plan.locations - 1`.
 * @throws {RangeError} if there is no such location.
 * @example
 * ```ts
 * locationAddress(plan, 30); // { model: "lenet", parameter: "fc1", matrix: 0, row: 0, column: 5 }
 * ```
 */
export function locationAddress(plan: DecompositionPlan, location: number): LocationAddress {
  const { locations, shared } = plan;
  if (!Number.isInteger(location) || location < 0 || location >= locations) {
    const range = `location must be an integer from 0 to ${locations - 1}`;
    throw new RangeError(
      `locationAddress: ${locations === 0 ? "the plan has no locations" : range}; got ${location}.`,
    );
  }
  let low = 0;
  let high = shared.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (shared[middle]!.first <= location) low = middle;
    else high = middle - 1;
  }
  const { model, parameter, first, grid } = shared[low]!;
  const [, rowBlocks, columnBlocks] = grid;
  const blockRow = Math.floor((location - first) / columnBlocks);
  return {
    model,
    parameter,
    matrix: Math.floor(blockRow / rowBlocks),
    row: blockRow % rowBlocks,
    column: (location - first) % columnBlocks,
  };
}

/**
 * An address in one short line: model, parameter, matrix in brackets, row and column of the block.
 *
 * @example
 * ```ts
 * formatAddress(locationAddress(plan, 30)); // "lenet/fc1[0] (0, 5)"
 * ```
 */
export function formatAddress(address: LocationAddress): string {
  const { model, parameter, matrix, row, column } = address;
  return `${model}/${parameter}[${matrix}] (${row}, ${column})`;
}
