import { DataError } from "./data-error.js";
import { elementCount } from "./element-count.js";
import type { FloatArray } from "./float-array.js";
import { indexInAxes } from "./index-in-axes.js";

/**
 * Several regression tasks of the same sizes, stacked: one real target for each sample. Test
 * samples may be more or fewer than training samples.
 */
export interface RegressionData {
  /** `[tasks, samples, inputs]` */
  readonly trainInputs: FloatArray;
  /** `[tasks, samples]` */
  readonly trainTargets: FloatArray;
  /** `[tasks, test samples, inputs]` */
  readonly testInputs: FloatArray;
  /** `[tasks, test samples]` */
  readonly testTargets: FloatArray;
  /** A second version of `trainTargets`, with noise. */
  readonly noisyTrainTargets?: FloatArray | undefined;
  /** A second version of `testTargets`, with noise. Comes with `noisyTrainTargets` or not at all. */
  readonly noisyTestTargets?: FloatArray | undefined;
}

/** One of the arrays of {@link RegressionData}. */
export type RegressionField = keyof RegressionData;

const AXES: Readonly<Record<RegressionField, readonly string[]>> = {
  trainInputs: ["task", "sample", "input"],
  trainTargets: ["task", "sample"],
  testInputs: ["task", "sample", "input"],
  testTargets: ["task", "sample"],
  noisyTrainTargets: ["task", "sample"],
  noisyTestTargets: ["task", "sample"],
};

/**
 * Checks that the arrays of `data` are what {@link RegressionData} says, fit together, hold at
 * least one task, sample and input, and only finite numbers.
 *
 * @param label what errors call an array, such as the path of its file. Default: its field's name.
 * @throws {DataError} at the first thing that is wrong.
 */
export function checkRegressionData(
  data: RegressionData,
  label: (field: RegressionField) => string = (field) => field,
): void {
  const { trainInputs, testInputs, noisyTrainTargets, noisyTestTargets } = data;
  for (const field of Object.keys(AXES) as RegressionField[]) {
    const array = data[field];
    if (array !== undefined) checkShape(array, AXES[field], label(field));
  }
  if ((noisyTrainTargets === undefined) !== (noisyTestTargets === undefined)) {
    const [given, absent] = noisyTrainTargets
      ? (["noisyTrainTargets", "noisyTestTargets"] as const)
      : (["noisyTestTargets", "noisyTrainTargets"] as const);
    throw new DataError(
      `${label(absent)}: missing, but ${label(given)} is there. Give both noisy arrays or none.`,
    );
  }
  agree("trainTargets", "trainInputs", [0, 1]);
  agree("testInputs", "trainInputs", [0, 2]);
  agree("testTargets", "testInputs", [0, 1]);
  agree("noisyTrainTargets", "trainInputs", [0, 1]);
  agree("noisyTestTargets", "testInputs", [0, 1]);
  for (const field of Object.keys(AXES) as RegressionField[]) {
    const array = data[field];
    if (array !== undefined) checkFinite(array, AXES[field], label(field));
  }

  function agree(field: RegressionField, other: "trainInputs" | "testInputs", axes: number[]) {
    const shape = data[field]?.shape;
    const model = (other === "trainInputs" ? trainInputs : testInputs).shape;
    const off = axes.find((axis) => shape && shape[axis] !== model[axis]);
    if (off !== undefined) {
      throw new DataError(
        `${label(field)}: shape [${shape}] must have the ${model[off]} ${AXES[other][off]}s of ${label(other)}, whose shape is [${model}]; got ${shape?.[off]}. Save both from the same data.`,
      );
    }
  }
}

function checkShape({ shape, data }: FloatArray, axes: readonly string[], label: string): void {
  const expected = `[${axes.map((axis) => `${axis}s`).join(", ")}]`;
  if (shape.length !== axes.length) {
    throw new DataError(
      `${label}: the shape must be ${expected}; got [${shape}]. Reshape the array to ${axes.length} axes.`,
    );
  }
  const empty = shape.indexOf(0);
  if (empty >= 0) {
    throw new DataError(
      `${label}: there must be at least one ${axes[empty]}; got shape [${shape}] for ${expected}. Save an array that holds data.`,
    );
  }
  if (data.length !== elementCount(shape)) {
    throw new DataError(
      `${label}: shape [${shape}] takes ${elementCount(shape)} numbers; got ${data.length}. Give the array its own shape.`,
    );
  }
}

function checkFinite({ shape, data }: FloatArray, axes: readonly string[], label: string): void {
  const off = data.findIndex((value) => !Number.isFinite(value));
  if (off >= 0) {
    throw new DataError(
      `${label}: every value must be finite; got ${data[off]} at [${indexInAxes(off, shape).join(", ")}] (${axes.join(", ")}). Replace it or leave that sample out.`,
    );
  }
}
