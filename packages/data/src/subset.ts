import { boundsOf } from "./bound.js";
import type { Dataset } from "./dataset.js";

/**
 * The dataset that holds only the examples at `indices` of `dataset`, in this order. Nothing is
 * copied but the indices, so it fits datasets of any size and kind. Of {@link Dataset.streams | streams}
 * it takes single windows, which stand alone.
 *
 * @param indices numbers of examples; one may come up several times.
 * @param options `name`: what the part is called. Default: as the whole.
 * @throws {RangeError} if an index is no example's. So does its `batch`.
 * @example
 * ```ts
 * const validation = subset(dataset, [8, 9], { name: "xor/validation" });
 * validation.size; // 2
 * validation.batch(Int32Array.of(0)); // example 8 of dataset
 * ```
 */
export function subset(
  dataset: Dataset,
  indices: ArrayLike<number>,
  { name = dataset.name }: { readonly name?: string } = {},
): Dataset {
  const chosen = Array.from(indices);
  const stray = chosen.findIndex(
    (index) => !Number.isInteger(index) || index < 0 || index >= dataset.size,
  );
  if (stray >= 0) {
    throw new RangeError(
      `subset: indices of ${dataset.name} must be integers from 0 to ${dataset.size - 1}; got ${chosen[stray]} at ${stray}.`,
    );
  }
  const { tasks, inputShape, targetShape, symbols, classes, augmented = false } = dataset;
  return {
    name,
    size: chosen.length,
    tasks,
    inputShape,
    targetShape,
    ...boundsOf({ inputs: symbols, targets: classes }),
    augmented,
    batch(numbers, epoch) {
      const picked = numbers.map((number) => {
        const index = chosen[number];
        if (index === undefined) {
          throw new RangeError(
            `batch of ${name}: indices must be from 0 to ${chosen.length - 1}; got ${number}.`,
          );
        }
        return index;
      });
      const { inputs, targets, size } = dataset.batch(picked, epoch);
      return { inputs, targets, size };
    },
  };
}
