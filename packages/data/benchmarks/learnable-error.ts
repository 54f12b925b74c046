/**
 * How well the noisy benchmark can be learned at all: the test RMSE, mean over tasks, of maximum
 * likelihood with the groups known, by alternating least squares from the true solution.
 *
 * npx tsx --conditions @muir/source packages/data/benchmarks/learnable-error.ts [seeds]
 */
import { type Dataset, type KangRegression, kangRegression } from "@muir/data";
import { createRandom } from "@muir/random";

const seeds = Number(process.argv[2] ?? 30);
for (const spacing of ["even", "logarithmic"] as const) {
  // the scale at which least-norm learning of each task alone ends near the paper's 1.35
  const scale = spacing === "even" ? 1.5 : 2.5;
  const errors = Array.from({ length: seeds }, (_, seed) =>
    testError(kangRegression({ random: createRandom(seed), noiseVariance: 0.1, spacing, scale })),
  );
  const mean = errors.reduce((sum, error) => sum + error, 0) / seeds;
  console.log(`${spacing} spacing: test RMSE ${mean.toFixed(3)} over ${seeds} seeds`);
}

function testError({ splits, groups, factors, vectors }: KangRegression): number {
  const size = vectors.shape[1]!;
  const train = samplesOf(splits.train);
  const test = samplesOf(splits.test);
  const errors = Array.from(new Set(groups)).flatMap((group) => {
    const tasks = [...groups.keys()].filter((task) => groups[task] === group);
    let vector = [...vectors.data.slice(group * size, (group + 1) * size)];
    const scale = new Map(tasks.map((task) => [task, factors[task]!]));
    for (let sweep = 0; sweep < 60; sweep++) {
      vector = leastSquares(
        tasks.flatMap((task) =>
          train[task]!.map(({ x, y }) => ({ x: x.map((v) => v * scale.get(task)!), y })),
        ),
      );
      for (const task of tasks) {
        const products = train[task]!.map(({ x, y }) => ({ x: [dot(x, vector)], y }));
        scale.set(task, leastSquares(products)[0]!);
      }
    }
    return tasks.map((task) => {
      const squares = test[task]!.map(({ x, y }) => (scale.get(task)! * dot(x, vector) - y) ** 2);
      return Math.sqrt(squares.reduce((a, b) => a + b, 0) / squares.length);
    });
  });
  return errors.reduce((sum, error) => sum + error, 0) / errors.length;
}

interface Sample {
  readonly x: readonly number[];
  readonly y: number;
}

function samplesOf(dataset: Dataset): Sample[][] {
  const { inputs, targets } = dataset.batch(Int32Array.from({ length: dataset.size }, (_, i) => i));
  const [tasks, samples, size] = inputs.shape as [number, number, number];
  return Array.from({ length: tasks }, (_, task) =>
    Array.from({ length: samples }, (_, sample) => {
      const row = task * samples + sample;
      return { x: [...inputs.data.slice(row * size, (row + 1) * size)], y: targets.data[row]! };
    }),
  );
}

/** Solves the normal equations by Gaussian elimination with pivoting. */
function leastSquares(samples: readonly Sample[]): number[] {
  const size = samples[0]!.x.length;
  const rows = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size + 1 }, (_, j) =>
      samples.reduce((sum, { x, y }) => sum + x[i]! * (j === size ? y : x[j]!), i === j ? 1e-9 : 0),
    ),
  );
  for (let i = 0; i < size; i++) {
    const pivot = rows.slice(i).reduce((a, b) => (Math.abs(b[i]!) > Math.abs(a[i]!) ? b : a));
    rows.splice(rows.indexOf(pivot), 1, rows[i]!);
    rows[i] = pivot;
    for (const row of rows) {
      if (row === pivot) continue;
      const share = row[i]! / pivot[i]!;
      for (let j = i; j <= size; j++) row[j] = row[j]! - share * pivot[j]!;
    }
  }
  return rows.map((row, i) => row[size]! / row[i]!);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
