import type { DecomposableModel } from "./decomposable-model.js";

/** Throws unless `block` is two sizes. */
export function checkBlock(block: readonly number[]): void {
  if (block.length !== 2 || !block.every(isSize)) {
    throw new RangeError(
      `planDecomposition: block must be [m, n], two positive integers; got [${block}].`,
    );
  }
}

/** Throws unless there are models, all of different names and with parameters. */
export function checkModels(models: readonly DecomposableModel[]): void {
  if (models.length === 0) {
    throw new RangeError("planDecomposition: there must be at least one model; got none.");
  }
  const seen = new Set<string>();
  for (const { name, parameters } of models) {
    if (seen.has(name)) {
      throw new RangeError(
        `planDecomposition: models must have different names; got two named "${name}". Rename one.`,
      );
    }
    seen.add(name);
    if (Object.keys(parameters).length === 0) {
      throw new RangeError(
        `planDecomposition: a model must have parameters; model "${name}" has none.`,
      );
    }
  }
}

/** Whether an axis can be this long. */
export const isSize = (size: number) => Number.isInteger(size) && size > 0;
