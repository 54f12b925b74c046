import { type BackendUnavailable, useBackend } from "@muir/backend";
import {
  type Architecture,
  deepBind,
  leNet,
  linearRegression,
  perceptron,
  stackedLstm,
  transformerLanguageModel,
  wideResNet,
} from "@muir/models";
import { normal, seededDraws } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

/** Every architecture, small but with channels and units that kernels of its size take in whole tiles. */
const architectures: readonly Architecture[] = [
  linearRegression({ tasks: 30, inputs: 20 }),
  perceptron({ sizes: [7, 16, 3] }),
  leNet({ inputShape: [16, 16, 3], filters: 8, hidden: [24, 16] }),
  wideResNet({ depth: 10, filters: 8, inputShape: [14, 14, 3] }),
  stackedLstm({ vocabulary: 41, time: 5, units: 16, dropout: 0.2 }),
  deepBind({ filters: 24, width: 7, length: 31 }),
  transformerLanguageModel({ vocabulary: 23, layers: 1, width: 16, heads: 2, time: 6 }),
];

const noWebGpu = await useBackend("webgpu").then(
  () => undefined,
  ({ problem }: BackendUnavailable) => problem,
);
await tf.setBackend("cpu");

/** The loss and all gradients of a training step, by name. */
async function step(architecture: Architecture): Promise<Record<string, Float32Array>> {
  const { parameters, inputShape, tasks, symbols } = architecture;
  const batch = 4;
  const names = Object.keys(parameters);
  const drawn = names.map((name, i) => {
    const { shape, initial } = parameters[name]!;
    if ("constant" in initial) return tf.add(initial.constant, tf.mul(normal(shape, i), 0.1));
    return tf.mul(normal(shape, i), initial.standardDeviation);
  });
  const shape = [...(tasks > 1 ? [tasks] : []), batch, ...inputShape];
  const inputs = symbols === undefined ? normal(shape, 99) : symbolsOf(shape, symbols);
  const state = architecture.initialState?.(batch) ?? {};
  const loss = (...weights: tf.Tensor[]) => {
    const named = Object.fromEntries(names.map((name, i) => [name, weights[i]!]));
    const context = { training: true, random: seededDraws(3), state };
    const { outputs } = architecture.apply(named, inputs, context);
    return tf.mean(tf.mul(tf.square(outputs), normal(outputs.shape, 5)));
  };
  const { value, grads } = tf.valueAndGrads(loss as never)(drawn);
  const numbers = await Promise.all([value, ...grads].map((tensor) => tensor.data()));
  return Object.fromEntries(["loss", ...names].map((name, i) => [name, numbers[i]])) as Record<
    string,
    Float32Array
  >;
}

function symbolsOf(shape: readonly number[], symbols: number): tf.Tensor {
  const random = seededDraws(7);
  const count = tf.util.sizeFromShape([...shape]);
  const values = Int32Array.from({ length: count }, () => Math.floor(random() * symbols));
  return tf.tensor(values, [...shape], "int32");
}

const largest = (values: Float32Array) =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

async function expectAsOnCpu(backend: "wasm" | "webgpu", architecture: Architecture) {
  await tf.setBackend("cpu");
  const expected = await step(architecture);
  await useBackend(backend);
  // small tensors would be computed by cpu
  if (backend === "webgpu") tf.env().set("WEBGPU_CPU_FORWARD", false);
  const found = await step(architecture);
  for (const [name, values] of Object.entries(expected)) {
    const apart = largest(values.map((value, i) => value - found[name]![i]!));
    // a bias before a normalization has no gradient but rounding
    expect(apart, name).toBeLessThan(1e-4 * Math.max(largest(values), 1e-2));
  }
}

describe("a training step has the loss and all gradients of cpu", () => {
  beforeEach(() => {
    // what an op saves for its gradient is taken for a leak by the tests of TensorFlow.js
    tf.env().set("IS_TEST", false);
  });
  afterEach(async () => {
    tf.env().set("IS_TEST", true);
    await tf.setBackend("cpu");
  });

  test.each(architectures)("on wasm: $name", (architecture) => expectAsOnCpu("wasm", architecture));

  test.skipIf(noWebGpu).each(architectures)(
    `on webgpu${noWebGpu ? ` (${noWebGpu})` : ""}: $name`,
    (architecture) => expectAsOnCpu("webgpu", architecture),
  );
});
