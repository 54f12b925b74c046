import {
  type Bank,
  bankSizes,
  deploy,
  deployedBlocks,
  deployedParameters,
  disposeDeployment,
  generateBlocks,
  moduleStatistics,
  settled,
  trainedParameters,
} from "@muir/hypermodule";
import { law } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { bankCases, drawBank } from "./arbitrary-banks.js";

describe("deploy", () => {
  law("keeps every block", bankCases, (given) => {
    const bank = drawBank(given);
    const { alignment } = given.candidates;
    expect(deployedBlocks(deploy(bank, alignment))).toBeCloseToTensor(
      generateBlocks(bank, settled(alignment)),
      { rtol: 0, atol: 0 },
    );
  });

  law("holds as many numbers as deployedParameters says", bankCases, (given) => {
    const bank = drawBank(given);
    const { alignment } = given.candidates;
    const deployment = deploy(bank, alignment);
    const held = [deployment.bank?.modules, deployment.bank?.contexts, deployment.blocks];
    const numbers = held.reduce((sum, tensor) => sum + (tensor?.size ?? 0), 0);
    expect(numbers).toBe(deployedParameters(alignment, bankSizes(bank)));
  });

  law("is never larger than the original weights", bankCases, (given) => {
    const bank = drawBank(given);
    const { locations, block } = bankSizes(bank);
    expect(deployedParameters(given.candidates.alignment, bankSizes(bank))).toBeLessThanOrEqual(
      locations * block[0] * block[1],
    );
  });

  law("leaves no tensor once it is disposed", bankCases, (given) => {
    const bank = drawBank(given);
    const before = tf.memory().numTensors;
    disposeDeployment(deploy(bank, given.candidates.alignment));
    expect(tf.memory().numTensors).toBe(before);
  });

  test("names an alignment that does not fit the bank", () => {
    const bank = { modules: tf.ones([2, 1, 1, 1]), contexts: tf.ones([2, 1]) } as Bank;
    expect(() => deploy(bank, Int32Array.of(0, 2))).toThrow(
      "deploy: alignment must name hypermodules 0 to 1; got 2 at index 1.",
    );
    expect(() => deploy(bank, Int32Array.of(0))).toThrow("one row for each of 1 locations");
  });

  test("counts thirty tasks that share three hypermodules of 20 numbers", () => {
    const alignment = Int32Array.from({ length: 30 }, (_, l) => l % 3);
    const sizes = { modules: 30, locations: 30, contextSize: 1, block: [20, 1] } as const;
    expect(deployedParameters(alignment, sizes)).toBe(3 * 20 + 30);
    expect(trainedParameters(sizes)).toBe(30 * 20 + 30);
  });
});

describe("moduleStatistics", () => {
  test("tells generic hypermodules from specific ones", async () => {
    const bank = {
      modules: tf.tensor4d([1, -3, 5, 5, 0, 0], [3, 1, 2, 1]),
      contexts: tf.ones([3, 1]) as tf.Tensor2D,
    };
    const statistics = await moduleStatistics(bank, Int32Array.of(0, 0, 1), Int32Array.of(0, 1, 1));
    expect(statistics).toEqual([
      {
        module: 0,
        locations: 2,
        models: 2,
        mean: -1,
        deviation: 2,
        norm: Math.sqrt(10),
        maximum: 3,
      },
      {
        module: 1,
        locations: 1,
        models: 1,
        mean: 5,
        deviation: 0,
        norm: Math.sqrt(50),
        maximum: 5,
      },
    ]);
  });

  test("names what does not fit", async () => {
    const bank = { modules: tf.ones([2, 1, 1, 1]), contexts: tf.ones([2, 1]) } as Bank;
    const statistics = (alignment: number[], models: number[]) =>
      moduleStatistics(bank, Int32Array.from(alignment), Int32Array.from(models));
    await expect(statistics([0, 7], [0, 0])).rejects.toThrow("got 7 at index 1");
    await expect(statistics([0, 1], [0])).rejects.toThrow("each of 2 locations; got 1");
  });
});
