import { boundOf, boundsOf } from "./bound.js";
import type { Dataset, NumericArray } from "./dataset.js";
import { elementCount } from "./element-count.js";

/** What an in-memory dataset is made from. */
export interface ArrayDatasetOptions {
  readonly name: string;
  /** `[examples, ...inputShape]`, or `[tasks, examples, ...inputShape]` when `tasks > 1`. */
  readonly inputs: NumericArray;
  /** `[examples, ...targetShape]`, or `[tasks, examples, ...targetShape]` when `tasks > 1`. */
  readonly targets: NumericArray;
  /** Tasks stacked along the first axis. Default: 1, an ordinary dataset without that axis. */
  readonly tasks?: number;
}

/**
 * A dataset whose examples lie in two arrays in memory. Batches are copies; the arrays are read,
 * never written, and must not change while the dataset is used. Of whole numbers it says how many there
 * are ({@link Dataset.symbols | symbols}, {@link Dataset.classes | classes}).
 *
 * @throws {TypeError} if an array is of another class.
 * @throws {RangeError} if an array's length does not fit its shape, or the two arrays disagree in
 *   tasks or examples. Its `batch` throws one for an index that is no example's.
 * @example
 * ```ts
 * const dataset = arrayDataset({
 *   name: "xor",
 *   inputs: { shape: [4, 2], data: Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1) },
 *   targets: { shape: [4], data: Int32Array.of(0, 1, 1, 0) },
 * });
 * dataset.batch(Int32Array.of(3, 1)).inputs.data; // Float32Array [1, 1, 0, 1]
 * ```
 */
export function arrayDataset(options: ArrayDatasetOptions): Dataset {
  const { name, inputs, targets, tasks = 1 } = options;
  if (!Number.isInteger(tasks) || tasks < 1) {
    throw new RangeError(`arrayDataset: tasks must be a positive integer; got ${tasks}.`);
  }
  const lead = tasks > 1 ? 2 : 1;
  const expected = tasks > 1 ? `[${tasks}, examples, ...]` : "[examples, ...]";
  for (const [part, { shape, data }] of Object.entries({ inputs, targets })) {
    if (shape.length < lead || (tasks > 1 && shape[0] !== tasks)) {
      throw new RangeError(
        `arrayDataset: ${part} of ${name} must have shape ${expected}; got [${shape}].`,
      );
    }
    if (!CLASSES.some((known) => data instanceof known)) {
      throw new TypeError(
        `arrayDataset: ${part} of ${name} must be a Float32Array, Int32Array or Uint8Array; got ${Object(data).constructor.name}. Float32Array.from(${part}) makes one.`,
      );
    }
    if (data.length !== elementCount(shape)) {
      throw new RangeError(
        `arrayDataset: ${part} of ${name} must hold the ${elementCount(shape)} numbers of shape [${shape}]; got ${data.length}.`,
      );
    }
  }
  const size = inputs.shape[lead - 1]!;
  if (size !== targets.shape[lead - 1]) {
    throw new RangeError(
      `arrayDataset: inputs and targets of ${name} must hold equally many examples; got shapes [${inputs.shape}] and [${targets.shape}].`,
    );
  }
  return {
    name,
    size,
    tasks,
    inputShape: inputs.shape.slice(lead),
    targetShape: targets.shape.slice(lead),
    ...boundsOf({ inputs: boundOf(inputs.data), targets: boundOf(targets.data) }),
    batch(indices) {
      const stray = indices.find((index) => !(index >= 0 && index < size));
      if (stray !== undefined) {
        throw new RangeError(
          `batch of ${name}: indices must be from 0 to ${size - 1}; got ${stray}.`,
        );
      }
      return {
        inputs: gather(inputs, indices, lead),
        targets: gather(targets, indices, lead),
        size: indices.length,
      };
    },
  };
}

const CLASSES = [Float32Array, Int32Array, Uint8Array];

/** The examples at `indices` of the axis before the last `shape.length - lead` ones. */
function gather({ shape, data }: NumericArray, indices: Int32Array, lead: number): NumericArray {
  const outer = shape.slice(0, lead - 1);
  const inner = shape.slice(lead);
  const stacks = elementCount(outer);
  const row = elementCount(inner);
  const stack = row * shape[lead - 1]!;
  const gathered = zerosLike(data, stacks * indices.length * row);
  let end = 0;
  for (let s = 0; s < stacks; s++) {
    for (const index of indices) {
      const start = s * stack + index * row;
      gathered.set(data.subarray(start, start + row), end);
      end += row;
    }
  }
  return { shape: [...outer, indices.length, ...inner], data: gathered };
}

function zerosLike(data: NumericArray["data"], length: number): NumericArray["data"] {
  if (data instanceof Float32Array) return new Float32Array(length);
  return data instanceof Int32Array ? new Int32Array(length) : new Uint8Array(length);
}
