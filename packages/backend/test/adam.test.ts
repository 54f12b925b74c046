import { type AdamAttributes, useBackend } from "@muir/backend";
import { law, normal } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { heapBackends, heapBytes, leaveAsFound, restartWasm } from "./backends.js";

const cases = fc.record({
  shape: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 0, maxLength: 4 }),
  attributes: fc.record({
    learningRate: fc.constantFrom(1e-3, 0.1, 1),
    beta1: fc.constantFrom(0, 0.5, 0.9),
    beta2: fc.constantFrom(0, 0.9, 0.999),
    epsilon: fc.constantFrom(1e-8, 1e-3),
    weightDecay: fc.constantFrom(0, 0.01, 0.5),
    step: fc.integer({ min: 1, max: 5000 }),
  }),
  seed: fc.noShrink(fc.nat({ max: 1_000_000 })),
});

/** The kernel as an op: parameter, gradient and moments to the new parameter and moments. */
function adam(inputs: Readonly<Record<string, tf.Tensor>>, attributes: AdamAttributes) {
  const given = attributes as unknown as tf.NamedAttrMap;
  return tf.engine().runKernel("MuirAdam", inputs, given) as [tf.Tensor, tf.Tensor, tf.Tensor];
}

function draw({ shape, seed }: { shape: number[]; seed: number }) {
  return {
    parameter: normal(shape, seed),
    gradient: normal(shape, seed + 1),
    firstMoment: normal(shape, seed + 2),
    secondMoment: tf.square(normal(shape, seed + 3)),
  };
}

/** The step of Kingma & Ba with decoupled decay, number by number in double precision. */
function adamByHand(inputs: ReturnType<typeof draw>, attributes: AdamAttributes): tf.Tensor[] {
  const { learningRate, beta1, beta2, epsilon, weightDecay, step } = attributes;
  const numbers = Object.values(inputs).map((tensor) => tensor.dataSync());
  const rows = Array.from(numbers[0]!, (w, i) => {
    const [g, m, v] = [numbers[1]![i]!, numbers[2]![i]!, numbers[3]![i]!];
    const first = beta1 * m + (1 - beta1) * g;
    const second = beta2 * v + (1 - beta2) * g * g;
    const size = Math.sqrt(second / (1 - beta2 ** step)) + epsilon;
    const change = first / (1 - beta1 ** step) / size;
    return [w - learningRate * weightDecay * w - learningRate * change, first, second];
  });
  const { shape } = inputs.parameter;
  return [0, 1, 2].map((column) =>
    tf.tensor(
      rows.map((row) => row[column]!),
      shape,
    ),
  );
}

describe.each(heapBackends)("the fused step of Adam on %s", (name) => {
  beforeAll(() => useBackend(name));
  afterAll(leaveAsFound);

  law("equals the formula worked out number by number", cases, ({ attributes, ...given }) => {
    const inputs = draw(given);
    const expected = adamByHand(inputs, attributes);
    adam(inputs, attributes).forEach((tensor, i) => {
      expect(tensor).toBeCloseToTensor(expected[i]!, { rtol: 1e-5, atol: 1e-5 });
    });
  });

  law("makes new tensors and leaves its inputs as they were", cases, ({ attributes, ...given }) => {
    const inputs = draw(given);
    const before = Object.values(inputs).map((tensor) => tensor.arraySync());
    const results = adam(inputs, attributes);
    expect(Object.values(inputs).map((tensor) => tensor.arraySync())).toEqual(before);
    const data = [...Object.values(inputs), ...results].map(({ dataId }) => dataId);
    expect(new Set(data).size).toBe(7);
  });

  test("moves a fresh parameter by the learning rate against its gradient", () => {
    const zeros = tf.zeros([2]);
    const inputs = { parameter: tf.tensor1d([1, 1]), gradient: tf.tensor1d([0.5, -3]) };
    const constants = { learningRate: 0.25, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
    const [moved] = adam(
      { ...inputs, firstMoment: zeros, secondMoment: zeros },
      { ...constants, weightDecay: 0, step: 1 },
    );
    expect(moved).toBeCloseToTensor(tf.tensor1d([0.75, 1.25]));
  });

  test("hands NaN on, so that a diverging training shows", () => {
    const zeros = tf.zeros([1]);
    const inputs = { parameter: zeros, gradient: tf.tensor1d([Number.NaN]) };
    const constants = { learningRate: 1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
    const results = adam(
      { ...inputs, firstMoment: zeros, secondMoment: zeros },
      { ...constants, weightDecay: 0, step: 1 },
    );
    expect(results.map((tensor) => tensor.dataSync()[0])).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
  });
});

test("the fused step of Adam writes all it makes when that moves the wasm heap", async () => {
  await restartWasm();
  await useBackend("wasm");
  const size = Math.ceil(heapBytes() / 4);
  const inputs = {
    parameter: tf.fill([size], 2),
    gradient: tf.fill([size], -1),
    firstMoment: tf.zeros([size]),
    secondMoment: tf.zeros([size]),
  };
  const before = heapBytes();
  const constants = { learningRate: 1, beta1: 0.5, beta2: 0.5, epsilon: 1e-8, weightDecay: 0 };
  const results = adam(inputs, { ...constants, step: 1 });
  expect(heapBytes()).toBeGreaterThan(before);
  for (const [i, expected] of [3, -0.5, 0.5].entries()) {
    const values = results[i]!.dataSync();
    expect([values[0], values.at(-1)]).toEqual([expected, expected]);
  }
  await leaveAsFound();
});
