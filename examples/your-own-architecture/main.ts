import { formatPlan, planDecomposition } from "@muir/decompose";
import * as tf from "@tensorflow/tfjs";
import { perceptron } from "./perceptron.js";

const network = perceptron({ inputs: 4, hidden: 8, outputs: 2 });

// it computes: parameters and inputs in, outputs out; the network itself holds no tensor
const parameters = {
  kernel1: tf.ones([4, 8]),
  bias1: tf.zeros([8]),
  kernel2: tf.ones([8, 2]),
  bias2: tf.zeros([2]),
};
const context = { training: false, random: () => 0.5, state: {} };
const { outputs } = network.apply(parameters, tf.tensor2d([[0.1, 0.2, -0.3, 0.4]]), context);
console.log(`outputs ${outputs.toString()}\n`);

// it can be decomposed: which blocks of it hypermodules would generate
console.log(formatPlan(planDecomposition([network], { block: [4, 4] })));
