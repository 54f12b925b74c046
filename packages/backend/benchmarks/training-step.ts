import { type Bank, blocksGradient, generateBlocks } from "@muir/hypermodule";
import { createRandom } from "@muir/random";
import * as tf from "@tensorflow/tfjs-core";
import { adam } from "../src/kernels/adam.js";
import {
  generateBlocks as plainGenerate,
  generateBlocksGradient as plainGradient,
} from "../src/kernels/generate-blocks.js";
import { registerTypedArrayKernel } from "../src/kernels/typed-array-kernel.js";
import { medianTimes } from "./median-times.js";
import { report } from "./report.js";

const locations = 10857; // LeNet, stacked LSTM and DeepBind-256 together; as many hypermodules
const contextSize = 4;
const block = [16, 16] as const;

/** The parts of a step over all blocks, every location with a challenger; against TypeScript kernels. */
export function benchmarkTrainingStep(): void {
  const random = createRandom(1);
  const draw = () => Math.floor(random() * locations);
  const candidates = {
    alignment: Int32Array.from({ length: locations }, (_, l) => l),
    locations: Int32Array.from({ length: locations }, (_, l) => l),
    challengers: Int32Array.from({ length: locations }, draw),
    lambda: 1,
  };
  const bank = {
    modules: tf.fill([locations, contextSize, ...block], 0.5),
    contexts: tf.fill([locations, contextSize], 0.25),
  } as Bank;
  const softWeights = tf.zeros([locations, 2]) as tf.Tensor2D;
  const gradient = tf.ones([locations, ...block]) as tf.Tensor3D;
  const moment = tf.zerosLike(bank.modules);
  const inputs = { parameter: bank.modules, gradient: bank.modules };
  const attributes = { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, step: 1 };
  const parts: Record<string, () => unknown> = {
    "generate blocks": () => generateBlocks(bank, candidates, softWeights),
    "their gradient": () => blocksGradient(bank, candidates, { gradient, softWeights }),
    Adam: () =>
      tf
        .engine()
        .runKernel(
          "MuirAdam",
          { ...inputs, firstMoment: moment, secondMoment: moment },
          { ...attributes, weightDecay: 0 },
        ),
  };
  const total: Record<string, number> = {};
  for (const [name, part] of Object.entries(parts)) {
    const run = () => {
      tf.engine().startScope();
      part();
      tf.engine().endScope();
    };
    const times = medianTimes({ muir: run, typescript: () => withTypeScriptKernels(run) });
    report(`${name}, ${locations} blocks, 2 candidates`, times);
    for (const [who, time] of Object.entries(times)) total[who] = (total[who] ?? 0) + time;
  }
  report("all three", total);
  const optimizer = tf.train.adam(1e-3);
  const variable = tf.variable(bank.modules);
  const stock = medianTimes({
    "tf.train.adam": () =>
      optimizer.applyGradients([{ name: variable.name, tensor: bank.modules }]),
  });
  report("Adam of TensorFlow.js", stock);
  tf.disposeVariables();
  tf.dispose([bank.modules, bank.contexts, softWeights, gradient, moment]);
}

function withTypeScriptKernels(run: () => void): void {
  const kernels = [plainGenerate, plainGradient, adam] as const;
  const replaced = kernels.map(({ name }) => tf.getKernel(name, "wasm"));
  for (const { kernelName } of replaced) tf.unregisterKernel(kernelName, "wasm");
  registerTypedArrayKernel(plainGenerate, "wasm");
  registerTypedArrayKernel(plainGradient, "wasm");
  registerTypedArrayKernel(adam, "wasm");
  try {
    run();
  } finally {
    for (const config of replaced) {
      tf.unregisterKernel(config.kernelName, "wasm");
      tf.registerKernel(config);
    }
  }
}
