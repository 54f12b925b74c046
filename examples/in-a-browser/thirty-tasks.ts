import { kangRegression } from "@muir/data";
import { linearRegression } from "@muir/models";
import { createRandom } from "@muir/random";
import {
  createTraining,
  meanSquaredError,
  rootMeanSquaredError,
  type Training,
} from "@muir/trainer";

export const TASKS = 30;
export const GENERATIONS = 300;

/** A training of thirty regressions with ten samples each for twenty unknowns, in three hidden groups. */
export function thirtyTasks(seed: number): Training {
  const { splits } = kangRegression({ random: createRandom(seed) });
  const architecture = linearRegression({ tasks: TASKS, inputs: 20 });
  const [loss, metric] = [meanSquaredError, rootMeanSquaredError];
  const task = { name: "regression", architecture, splits, loss, metric, batchSize: 10 };
  const search = { generations: GENERATIONS - 50, finalGenerations: 50 };
  return createTraining([task], { block: [20, 1], seed, ...search });
}
