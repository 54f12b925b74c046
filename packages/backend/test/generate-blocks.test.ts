import { useBackend } from "@muir/backend";
import { type Bank, blocksGradient, generateBlocks, settled } from "@muir/hypermodule";
import { countTensors, law } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { drawGenerator, type GeneratorCase, generatorCases } from "./arbitrary-generators.js";
import { composed, heapBackends, heapBytes, leaveAsFound, restartWasm } from "./backends.js";

/** Entries are sums of at most 40 products of integers below 5 and beliefs. */
const close = { rtol: 1e-5, atol: 1e-4 };

/** Gradients as TensorFlow.js takes them, with the op's own backward pass on its tape. */
function tapedGradients({ candidates }: GeneratorCase, drawn: ReturnType<typeof drawGenerator>) {
  const { bank, softWeights, gradient } = drawn;
  const inputs = [bank.modules, bank.contexts, ...(softWeights ? [softWeights] : [])];
  return tf.grads((modules: tf.Tensor, contexts: tf.Tensor, soft?: tf.Tensor) =>
    generateBlocks({ modules, contexts } as Bank, candidates, soft as tf.Tensor2D | undefined),
  )(inputs, gradient);
}

describe.each(heapBackends)("the fused generator on %s", (name) => {
  beforeAll(async () => {
    await useBackend(name);
    // what an op with a gradient of its own saves for it is a copy on wasm, which tests of
    // TensorFlow.js take for a leak
    tf.env().set("IS_TEST", name === "cpu");
  });
  afterAll(async () => {
    tf.env().set("IS_TEST", true);
    await leaveAsFound();
  });

  test("is what generateBlocks runs", async () => {
    const bank = { modules: tf.ones([1, 1, 2, 2]), contexts: tf.ones([1, 1]) } as Bank;
    const { kernelNames } = await tf.profile(() => generateBlocks(bank, settled(Int32Array.of(0))));
    expect(kernelNames).toContain("MuirGenerateBlocks");
    expect(kernelNames).not.toContain("BatchMatMul");
  });

  law("equals standard ops", generatorCases, (given) => {
    const { bank, softWeights } = drawGenerator(given);
    const generate = () => generateBlocks(bank, given.candidates, softWeights);
    expect(generate()).toBeCloseToTensor(composed(generate), close);
  });

  law("has the gradients of standard ops", generatorCases, (given) => {
    const drawn = drawGenerator(given);
    const fused = tapedGradients(given, drawn);
    const expected = composed(() => tapedGradients(given, drawn));
    fused.forEach((gradient, i) => {
      expect(gradient).toBeCloseToTensor(expected[i]!, close);
    });
  });

  law("leaves its results behind and its inputs as they were", generatorCases, (given) => {
    const { bank, ...rest } = drawGenerator(given);
    const before = [bank.modules, bank.contexts, rest.gradient].map((tensor) => tensor.arraySync());
    expect(countTensors(() => generateBlocks(bank, given.candidates, rest.softWeights))).toBe(1);
    const gradients = () => blocksGradient(bank, given.candidates, rest);
    expect(countTensors(gradients)).toBe(rest.softWeights ? 3 : 2);
    const after = [bank.modules, bank.contexts, rest.gradient].map((tensor) => tensor.arraySync());
    expect(after).toEqual(before);
  });

  test("keeps beliefs finite where soft weights are far apart", () => {
    const bank = { modules: tf.tensor4d([1, 2], [2, 1, 1, 1]), contexts: tf.ones([1, 1]) } as Bank;
    const candidates = {
      alignment: Int32Array.of(0),
      locations: Int32Array.of(0),
      challengers: Int32Array.of(1),
      lambda: 1,
    };
    const soft = tf.tensor2d([[1000, -1000]]);
    expect(generateBlocks(bank, candidates, soft).dataSync()[0]).toBe(1);
  });
});

describe("the fused generator while the wasm heap grows", () => {
  beforeEach(async () => {
    await restartWasm();
    await useBackend("wasm");
  });
  afterAll(leaveAsFound);

  /** As many blocks of 32 x 32 as fill the heap, so that one more allocation of them moves it. */
  const blocksInHeap = () => Math.ceil(heapBytes() / (4 * 32 * 32));

  test("writes every block of a result that moves the heap", () => {
    const before = heapBytes();
    const locations = blocksInHeap();
    const bank = {
      modules: tf.reshape(tf.range(0, 1024), [1, 1, 32, 32]),
      contexts: tf.reshape(tf.range(0, locations), [locations, 1]),
    } as Bank;
    const blocks = generateBlocks(bank, settled(new Int32Array(locations))).dataSync();
    expect(heapBytes()).toBeGreaterThan(before);
    for (const l of [0, 1, locations >> 1, locations - 1]) {
      for (const i of [0, 1, 1023]) expect(blocks[1024 * l + i]).toBe(l * i);
    }
  });

  test("writes every gradient when making them moves the heap", () => {
    const modules = blocksInHeap();
    const bank = {
      modules: tf.fill([modules, 1, 32, 32], 2),
      contexts: tf.tensor2d([[3]]),
    } as Bank;
    const gradient = tf.ones([1, 32, 32]) as tf.Tensor3D;
    const before = heapBytes();
    const found = blocksGradient(bank, settled(Int32Array.of(modules - 1)), { gradient });
    expect(heapBytes()).toBeGreaterThan(before);
    const values = found.modules.dataSync();
    const ends = [0, -1025, -1024, -1].map((index) => values.at(index));
    expect(ends).toEqual([0, 0, 3, 3]);
    expect(found.contexts.arraySync()).toEqual([[2 * 1024]]);
  });
});
