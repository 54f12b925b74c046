import { matrixView, type Shape } from "@muir/decompose";
import type { ParameterSpec } from "../architecture.js";
import type { Trial } from "./trial.js";

/** What is wrong with the declared parameters and sizes. */
export function declarationProblems({ architecture }: Trial): string[] {
  const { name, tasks, inputShape, outputShape, parameters } = architecture;
  return [
    ...(name === "" ? ["name is empty"] : []),
    ...(isSize(tasks) ? [] : [`tasks must be a positive integer; got ${tasks}`]),
    ...shapeProblems("inputShape", inputShape),
    ...shapeProblems("outputShape", outputShape),
    ...Object.entries(parameters).flatMap(([parameter, spec]) => [
      ...shapeProblems(`${parameter}.shape`, spec.shape),
      ...initialProblems(parameter, spec),
    ]),
  ];
}

/** Parameters whose kind does not read every entry of their shape once. */
export function kindProblems({ architecture }: Trial): string[] {
  return Object.entries(architecture.parameters).flatMap(([name, { shape, kind }]) => {
    if (kind === undefined) return [];
    try {
      matrixView(kind(shape))(shape); // throws unless the view fits
      return [];
    } catch (refusal) {
      return [`${name}: its kind does not fit [${shape}]: ${(refusal as Error).message}`];
    }
  });
}

const isSize = (side: number) => Number.isInteger(side) && side > 0;

function shapeProblems(of: string, shape: Shape): string[] {
  return shape.every(isSize) ? [] : [`${of} must hold positive integers; got [${shape}]`];
}

function initialProblems(parameter: string, { initial }: ParameterSpec): string[] {
  const problem = (what: string) => [`${parameter}.initial: ${what}`];
  if ("constant" in initial) {
    return Number.isFinite(initial.constant)
      ? []
      : problem(`constant must be finite; got ${initial.constant}`);
  }
  if (!Number.isFinite(initial.mean ?? 0)) {
    return problem(`mean must be finite; got ${initial.mean}`);
  }
  return Number.isFinite(initial.standardDeviation) && initial.standardDeviation >= 0
    ? []
    : problem(
        `standardDeviation must be finite and not negative; got ${initial.standardDeviation}`,
      );
}
