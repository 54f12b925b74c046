import { arrayDataset } from "./array-dataset.js";
import { DataError } from "./data-error.js";
import type { Dataset, Splits } from "./dataset.js";
import type { FloatArray } from "./float-array.js";
import { naturalOrder } from "./order.js";
import {
  checkRegressionData,
  type RegressionData,
  type RegressionField,
} from "./regression-data.js";
import { subset } from "./subset.js";

/** How stacked regression tasks become datasets. */
export interface RegressionSplitsOptions {
  /** The datasets are called `NAME/train`, `NAME/validation` and `NAME/test`. Default: `regression`. */
  readonly name?: string;
  /** Whether targets come from the noisy arrays, test targets too. Default: false. */
  readonly noisy?: boolean;
  /** How many of each task's training samples validate instead: the last ones. Default: 5. */
  readonly validation?: number;
  /** What errors call an array, such as the path of its file. Default: its field's name. */
  readonly label?: (field: RegressionField) => string;
}

/**
 * The three datasets of stacked regression tasks. Batches hold inputs `[tasks, batch, inputs]` and
 * targets `[tasks, batch, 1]`; with a single task, `[batch, inputs]` and `[batch, 1]`.
 *
 * @throws {DataError} if the arrays do not fit together, hold a value that is not finite, lack the
 *   noisy targets asked for, or leave no sample to train on.
 * @throws {RangeError} if `validation` is not a positive integer.
 * @example
 * ```ts
 * const { train, validation } = regressionSplits(data, { validation: 5 }); // 15 samples a task
 * [train.size, validation.size]; // [10, 5]
 * ```
 */
export function regressionSplits(
  data: RegressionData,
  options: RegressionSplitsOptions = {},
): Splits {
  const { name = "regression", noisy = false, validation = 5 } = options;
  const { label = (field: RegressionField) => field } = options;
  if (!Number.isInteger(validation) || validation < 1) {
    throw new RangeError(
      `regressionSplits: validation must be a positive integer; got ${validation}.`,
    );
  }
  checkRegressionData(data, label);
  const samples = data.trainInputs.shape[1]!;
  if (validation >= samples) {
    throw new DataError(
      `${label("trainInputs")}: its ${samples} samples a task leave none to train on when ${validation} validate. Lower validation to at most ${samples - 1}, or add samples.`,
    );
  }
  const trainTargets = noisy ? data.noisyTrainTargets : data.trainTargets;
  const testTargets = noisy ? data.noisyTestTargets : data.testTargets;
  if (trainTargets === undefined || testTargets === undefined) {
    throw new DataError(
      `${label("noisyTrainTargets")}: missing, but noisy targets were asked for. Add the noisy targets, or ask for the clean ones.`,
    );
  }
  const all = stacked(name, data.trainInputs, trainTargets);
  const order = naturalOrder(samples);
  const first = samples - validation;
  return {
    train: subset(all, order.subarray(0, first), { name: `${name}/train` }),
    validation: subset(all, order.subarray(first), { name: `${name}/validation` }),
    test: stacked(`${name}/test`, data.testInputs, testTargets),
  };
}

function stacked(name: string, inputs: FloatArray, targets: FloatArray): Dataset {
  const tasks = inputs.shape[0]!;
  const lead = tasks > 1 ? 0 : 1; // a single task has no task axis
  return arrayDataset({
    name,
    tasks,
    inputs: { shape: inputs.shape.slice(lead), data: inputs.data },
    targets: { shape: [...targets.shape.slice(lead), 1], data: targets.data },
  });
}
