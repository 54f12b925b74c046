import { type Bank, GENERATE_BLOCKS, generateBlocks, settled } from "@muir/hypermodule";
import { law } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawGenerator, generatorCases } from "../arbitrary-generators.js";
import { expectAsOnCpu, onWasm, withWasmKernels } from "./as-on-cpu.js";

/** Entries are sums of at most 80 products of integers below 5 and beliefs. */
const close = { rtol: 1e-5, atol: 2e-4 };

/** Contexts that fill groups of four, exceed them or have none. */
const cases = fc
  .tuple(generatorCases, fc.integer({ min: 0, max: 9 }))
  .map(([given, contextSize]) => ({ ...given, contextSize }));

describe("generating blocks on wasm", () => {
  withWasmKernels();

  law("equals cpu", cases, async (given) => {
    const { bank, softWeights } = drawGenerator(given);
    await expectAsOnCpu(() => generateBlocks(bank, given.candidates, softWeights), close);
  });

  law("has the gradients of cpu", cases, async (given) => {
    const { bank, softWeights, gradient } = drawGenerator(given);
    const inputs = [bank.modules, bank.contexts, ...(softWeights ? [softWeights] : [])];
    await expectAsOnCpu(
      () =>
        tf.grads((modules: tf.Tensor, contexts: tf.Tensor, soft?: tf.Tensor) =>
          generateBlocks(
            { modules, contexts } as Bank,
            given.candidates,
            soft as tf.Tensor2D | undefined,
          ),
        )(inputs, gradient),
      close,
    );
  });

  test("refuses a candidate that there is no hypermodule for", async () => {
    const inputs = { modules: tf.ones([2, 1, 1, 1]), contexts: tf.ones([1, 1]) };
    const attributes = { candidates: settled(Int32Array.of(2)), contextSize: 1 };
    const generate = onWasm(() =>
      tf.engine().runKernel(GENERATE_BLOCKS, inputs, attributes as unknown as tf.NamedAttrMap),
    );
    await expect(generate).rejects.toThrow(
      "generateBlocks: candidates must be hypermodules 0..1; got 2.",
    );
  });
});
