import { standardNormal } from "@muir/random";
import type { Splits } from "./dataset.js";
import { filled } from "./filled.js";
import type { FloatArray } from "./float-array.js";
import {
  drawGroupedWeights,
  type FactorSpacing,
  type GroupedWeights,
  linearTargets,
} from "./grouped-weights.js";
import type { RegressionData } from "./regression-data.js";
import { regressionSplits } from "./regression-splits.js";
import type { SplittableRandom } from "./splittable-random.js";

/** Sizes, scale and noise of a {@link kangRegression} benchmark. */
export interface KangRegressionOptions {
  readonly random: SplittableRandom;
  /** Groups of tasks that share a vector. Default: 3. */
  readonly groups?: number;
  /** Default: 10. */
  readonly tasksPerGroup?: number;
  /** Numbers in one input. Default: 20. */
  readonly inputs?: number;
  /** Training samples a task. Default: 10, too few for any task alone. */
  readonly train?: number;
  /** Validation samples a task. Default: 5. */
  readonly validation?: number;
  /** Test samples a task. Default: 50. */
  readonly test?: number;
  /** Variance of the noise on every target, test targets too. Default: 0; the noisy variant has 0.1. */
  readonly noiseVariance?: number;
  /** How far the factors of a group spread, in powers of ten. Default: 1.5. */
  readonly decades?: number;
  /** The largest factor of each group. Default: 1.5, see {@link kangRegression}. */
  readonly scale?: number;
  /** How the factors lie between the smallest and the largest. Default: `even`. */
  readonly spacing?: FactorSpacing;
}

/** A drawn benchmark: the data, and the truth behind it, which a search for structure should find. */
export interface KangRegression extends GroupedWeights {
  /** Datasets of all tasks, stacked; with noisy targets when the noise variance is above 0. */
  readonly splits: Splits;
  /** The same as arrays, to write to a folder. Training samples come before validation samples. */
  readonly data: RegressionData;
}

/**
 * Draws the synthetic multi-task benchmark of Kang, Grauman & Sha (ICML 2011), used in section 4.1
 * of the MUiR paper: linear tasks in groups, where the weights of a group's tasks point the same
 * way and differ in length only. A task alone has too few samples; a group together has plenty.
 *
 * Inputs are uniform in [-1, 1]; each group's vector is standard normal; the factors of a group lie
 * spaced from `scale / 10^decades` to `scale`, in an order drawn for each group. Targets are the
 * products, plus noise where asked for. The default scale is set so that learning each task alone
 * (the least-norm solution on the training samples) ends at the error the paper prints for it; the
 * even spacing, so that what can be learned from the noisy variant at all is what the paper prints.
 *
 * Every part is drawn from its own split of `random`: the same seed gives the same inputs, vectors
 * and factors whatever the noise, and the same training samples whatever the number of test samples.
 *
 * @throws {RangeError} if a count is not a positive integer, or noise, decades or scale are not
 *   finite numbers in range.
 * @example
 * ```ts
 * const { splits, groups } = kangRegression({ random: createRandom(7), noiseVariance: 0.1 });
 * splits.train.batch(Int32Array.of(0, 1)).inputs.shape; // [30, 2, 20]
 * groups[29]; // 2
 * ```
 */
export function kangRegression(options: KangRegressionOptions): KangRegression {
  const { random, groups = 3, tasksPerGroup = 10, inputs = 20 } = options;
  const { train = 10, validation = 5, test = 50 } = options;
  const { noiseVariance = 0, decades = 1.5, scale = 1.5, spacing = "even" } = options;
  requireCounts({ groups, tasksPerGroup, inputs, train, validation, test });
  requireAtLeastZero({ noiseVariance, decades, scale });
  if (spacing !== "even" && spacing !== "logarithmic") {
    throw new RangeError(
      `kangRegression: spacing must be "even" or "logarithmic"; got "${spacing}".`,
    );
  }
  if (scale === 0) throw new RangeError("kangRegression: scale must be above 0; got 0.");

  const weights = drawGroupedWeights({
    random,
    groups,
    tasksPerGroup,
    inputs,
    decades,
    scale,
    spacing,
  });
  const tasks = groups * tasksPerGroup;
  const trainInputs = uniform([tasks, train + validation, inputs], random.split("train inputs"));
  const testInputs = uniform([tasks, test, inputs], random.split("test inputs"));
  const trainTargets = linearTargets(trainInputs, weights);
  const testTargets = linearTargets(testInputs, weights);
  const clean = { trainInputs, trainTargets, testInputs, testTargets };
  const noisy = noiseVariance > 0;
  const deviation = Math.sqrt(noiseVariance);
  const data: RegressionData = noisy
    ? {
        ...clean,
        noisyTrainTargets: disturbed(trainTargets, deviation, random.split("train noise")),
        noisyTestTargets: disturbed(testTargets, deviation, random.split("test noise")),
      }
    : clean;
  return { splits: regressionSplits(data, { name: "kang", noisy, validation }), data, ...weights };
}

const uniform = (shape: number[], random: () => number) => filled(shape, () => 2 * random() - 1);

const disturbed = ({ shape, data }: FloatArray, deviation: number, random: () => number) => ({
  shape,
  data: data.map((value) => value + deviation * standardNormal(random)),
});

function requireCounts(counts: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(counts)) {
    if (!Number.isInteger(count) || count < 1) {
      throw new RangeError(`kangRegression: ${name} must be a positive integer; got ${count}.`);
    }
  }
}

function requireAtLeastZero(numbers: Readonly<Record<string, number>>): void {
  for (const [name, number] of Object.entries(numbers)) {
    if (!Number.isFinite(number) || number < 0) {
      throw new RangeError(
        `kangRegression: ${name} must be a finite number, 0 or more; got ${number}.`,
      );
    }
  }
}
