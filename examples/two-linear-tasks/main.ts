// Two regressions with one direction between them and too few samples each. Every package is used
// by hand: cut the weights, generate them, train, let the search decide who shares, deploy.
import { assemble, dense, planDecomposition } from "@muir/decompose";
import { initialAlignment, propose, select } from "@muir/ea";
import { createBank, generateBlocks, materialize, settled } from "@muir/hypermodule";
import { createRandom } from "@muir/random";
import * as tf from "@tensorflow/tfjs";

await tf.setBackend("cpu");
const INPUTS = 12;
const random = createRandom(2);
const uniform = (count: number) => Array.from({ length: count }, () => 2 * random() - 1);

// the hidden truth: task "half" wants half of what task "full" wants
const direction = tf.tensor2d(uniform(INPUTS), [INPUTS, 1]);
const tasks = [
  { name: "full", factor: 1 },
  { name: "half", factor: 0.5 },
].map(({ name, factor }) => {
  const inputs = tf.tensor2d(uniform(8 * INPUTS), [8, INPUTS]); // 8 samples for 12 unknowns
  return { name, inputs, targets: tf.mul(tf.matMul(inputs, direction), factor), factor };
});

const models = tasks.map(({ name }) => ({
  name,
  parameters: { weight: { shape: [INPUTS, 1], kind: dense } },
}));
const plan = planDecomposition(models, { block: [INPUTS, 1] });
let alignment = initialAlignment("disjoint", { locations: 2, modules: 2 });
const deviations = new Float32Array(2).fill(Math.sqrt(2 / INPUTS));
const bank = createBank({ modules: 2, contextSize: 1, block: [INPUTS, 1], deviations, random });
const modules = tf.variable(bank.modules);
const contexts = tf.variable(bank.contexts);
const optimizer = tf.train.adam(0.01);

function loss(blocks: tf.Tensor): tf.Scalar {
  const weights = assemble(blocks, plan);
  const losses = tasks.map(({ name, inputs, targets }) =>
    tf.losses.meanSquaredError(targets, tf.matMul(inputs, weights[name]!["weight"]!)),
  );
  return tf.addN(losses) as tf.Scalar;
}

for (let generation = 1; generation <= 20; generation++) {
  // each task's module meets the other's; what the mixture believes in the end decides
  const options = { modules: 2, lambda: 1, fraction: 0.5, sampling: "proportional" } as const;
  const candidates = propose(alignment, options, random);
  const soft = tf.variable(tf.zeros([candidates.locations.length, 2])) as tf.Variable<tf.Rank.R2>;
  const softOptimizer = tf.train.adam(0.05); // its own: beliefs about other candidates are no use
  for (let step = 0; step < 50; step++) {
    const { grads } = tf.variableGrads(() =>
      loss(generateBlocks({ modules, contexts }, candidates, soft)),
    );
    const named = Object.entries(grads).map(([name, tensor]) => ({ name, tensor }));
    softOptimizer.applyGradients(named.filter(({ name }) => name === soft.name));
    optimizer.applyGradients(named.filter(({ name }) => name !== soft.name));
  }
  alignment = select(candidates, tf.softmax(soft).dataSync<"float32">());
  if (generation % 5 === 0) console.log(`generation ${generation}: alignment [${alignment}]`);
}
for (let step = 0; step < 500; step++) {
  optimizer.minimize(() => loss(generateBlocks({ modules, contexts }, settled(alignment))));
}

const weights = materialize({ modules, contexts }, alignment, plan); // plain tensors again
for (const { name, factor } of tasks) {
  const error = tf.sub(weights[name]!["weight"]!, tf.mul(direction, factor));
  console.log(`${name}: error of the weights ${tf.norm(error).dataSync()[0]!.toFixed(3)}`);
}
