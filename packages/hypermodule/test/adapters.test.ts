import { dense, planDecomposition } from "@muir/decompose";
import {
  type Bank,
  bankSizes,
  blocksGradient,
  createBank,
  deploy,
  deployedBlocks,
  deployedParameters,
  disposeDeployment,
  fitBank,
  generateBlocks,
  materialize,
  settled,
  trainedParameters,
} from "@muir/hypermodule";
import { countTensors, exact, law, normal, seededDraws } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { adaptedCases, drawAdapted, drawSoftWeights } from "./arbitrary-banks.js";

const exactly = { rtol: 0, atol: 0 };

/** What is left of a bank without its adapters. */
const without = ({ modules, contexts }: Bank): Bank => ({ modules, contexts });

/** Two locations that share one hypermodule exactly, and differ by their adapters alone. */
const twins = () => ({
  modules: tf.tensor4d([1, 2, 3, 4], [1, 1, 2, 2]),
  contexts: tf.zeros([2, 0]) as tf.Tensor2D,
  adapterIn: tf.tensor3d([1, 0, 2, -1], [2, 2, 1]),
  adapterOut: tf.tensor3d([10, 20, 0, 5], [2, 1, 2]),
});

describe("adapters", () => {
  test("add their product to the block of their location", () => {
    const blocks = generateBlocks(twins(), settled(Int32Array.of(0, 0)));
    expect(blocks.arraySync()).toEqual([
      [
        [1 + 10, 2 + 20],
        [3, 4],
      ],
      [
        [1, 2 + 10],
        [3, 4 - 5],
      ],
    ]);
  });

  law("add the sum over their rank, candidates or not", adaptedCases, (given) => {
    const bank = drawAdapted(given);
    const soft = drawSoftWeights(given);
    const [U, V] = [bank.adapterIn.arraySync(), bank.adapterOut.arraySync()];
    const added = U.map((rows, l) =>
      rows.map((row) =>
        Array.from({ length: given.block[1] }, (_, j) =>
          row.reduce((sum, u, r) => sum + u * V[l]![r]![j]!, 0),
        ),
      ),
    );
    expect(generateBlocks(bank, given.candidates, soft)).toBeCloseToTensor(
      tf.add(generateBlocks(without(bank), given.candidates, soft), tf.tensor3d(added)),
      { rtol: 1e-6, atol: 1e-5 },
    );
  });

  law(
    "have the slope that a unit step measures, and leave the others theirs",
    adaptedCases,
    (given) => {
      const bank = drawAdapted(given);
      const soft = drawSoftWeights(given);
      const inputs = soft ? { softWeights: soft } : {};
      const shape = [given.candidates.alignment.length, ...given.block];
      const gradient = exact(shape, given.seed + 4) as tf.Tensor3D;
      const found = blocksGradient(bank, given.candidates, { ...inputs, gradient });
      const loss = (changed: Bank) =>
        tf.sum(tf.mul(gradient, generateBlocks(changed, given.candidates, soft)));
      for (const name of ["adapterIn", "adapterOut"] as const) {
        const step = exact(bank[name].shape, given.seed + 5) as tf.Tensor3D;
        // linear in each alone, so a unit step has no truncation error
        const rise = tf.sub(loss({ ...bank, [name]: tf.add(bank[name], step) }), loss(bank));
        expect(tf.sum(tf.mul(found[name]!, step)), name).toBeCloseToTensor(rise, {
          ...{ rtol: 1e-4, atol: 1e-2 },
        });
      }
      const plain = blocksGradient(without(bank), given.candidates, { ...inputs, gradient });
      for (const name of ["modules", "contexts", "softWeights"] as const) {
        if (!plain[name] || plain[name].size === 0) continue;
        expect(found[name]!, name).toBeCloseToTensor(plain[name], exactly);
      }
    },
  );

  law("have the gradients of a tape, without one", adaptedCases, (given) => {
    const bank = drawAdapted(given);
    const candidates = settled(given.candidates.alignment);
    const gradient = exact([candidates.alignment.length, ...given.block], 4) as tf.Tensor3D;
    const taped = tf.grads((modules, contexts, adapterIn, adapterOut) =>
      generateBlocks({ modules, contexts, adapterIn, adapterOut } as Bank, candidates),
    )([bank.modules, bank.contexts, bank.adapterIn, bank.adapterOut], gradient);
    const before = tf.memory().numTensors;
    const found = blocksGradient(bank, candidates, { gradient });
    expect(tf.memory().numTensors - before).toBe(4);
    expect(found.adapterIn!).toBeCloseToTensor(taped[2]!, exactly);
    expect(found.adapterOut!).toBeCloseToTensor(taped[3]!, exactly);
    expect(countTensors(() => generateBlocks(bank, candidates))).toBe(1);
  });

  law(
    "are kept where a deployed hypermodule is, and are in its blocks elsewhere",
    adaptedCases,
    (given) => {
      const bank = drawAdapted(given);
      const { alignment } = given.candidates;
      const before = tf.memory().numTensors;
      const deployment = deploy(bank, alignment);
      const held = [...Object.values(deployment.bank ?? {}), deployment.blocks] as tf.Tensor[];
      const numbers = held.reduce((sum, tensor) => sum + (tensor?.size ?? 0), 0);
      expect(numbers).toBe(deployedParameters(alignment, bankSizes(bank)));
      const blocks = deployedBlocks(deployment);
      expect(blocks).toBeCloseToTensor(generateBlocks(bank, settled(alignment)), exactly);
      disposeDeployment(deployment);
      blocks.dispose();
      expect(tf.memory().numTensors - before).toBe(1); // what the comparison generated
    },
  );

  test("stay with the locations whose module is worth keeping", () => {
    // three locations share module 1: 64 + 3 * 16 numbers against 3 * 64; module 0 serves one
    const bank = {
      modules: exact([2, 1, 8, 8], 1) as tf.Tensor4D,
      contexts: tf.zeros([4, 0]) as tf.Tensor2D,
      adapterIn: exact([4, 8, 1], 2) as tf.Tensor3D,
      adapterOut: exact([4, 1, 8], 3) as tf.Tensor3D,
    };
    const alignment = Int32Array.of(1, 0, 1, 1);
    const deployment = deploy(bank, alignment);
    expect(deployment.bank!.adapterIn!.shape).toEqual([3, 8, 1]);
    expect(deployedBlocks(deployment)).toBeCloseToTensor(
      generateBlocks(bank, settled(alignment)),
      exactly,
    );
    expect(deployedParameters(alignment, bankSizes(bank))).toBe(64 + 64 + 3 * 16);
  });

  test("are in the weights of the network", () => {
    const parameters = { kernel: { shape: [2, 3], kind: dense } };
    const plan = planDecomposition([{ name: "net", parameters }], { block: [2, 2] });
    const { net } = materialize(twins(), Int32Array.of(0, 0), plan);
    expect(net!["kernel"]!.arraySync()).toEqual([
      [11, 22, 1],
      [3, 4, 3],
    ]);
  });

  test("are counted: L r (m + n) while training, and where a module is kept", () => {
    const sizes = { modules: 2, locations: 5, contextSize: 0, block: [16, 16] } as const;
    const adapted = { ...sizes, adapterRank: 2 };
    expect(trainedParameters(adapted)).toBe(2 * 256 + 5 * 2 * 32);
    // four share a module with 64 numbers each; the fifth is a plain block, which needs no adapter
    expect(deployedParameters(Int32Array.of(0, 0, 0, 0, 1), adapted)).toBe(256 + 4 * 64 + 256);
    expect(bankSizes({ ...twins() })).toMatchObject({ adapterRank: 1, contextSize: 0 });
  });

  const options = {
    ...{ modules: 3, contextSize: 2, block: [32, 8] as const },
    deviations: new Float32Array(20).fill(0.1),
  };

  test("start adding nothing, beside the bank there would be without them", () => {
    const plain = createBank({ ...options, random: seededDraws(1) });
    const { adapterIn, adapterOut, ...rest } = createBank({
      ...{ ...options, adapterRank: 4, random: seededDraws(1) },
    });
    expect(rest.modules).toBeCloseToTensor(plain.modules, exactly);
    expect(rest.contexts).toBeCloseToTensor(plain.contexts, exactly);
    expect(adapterIn!.shape).toEqual([20, 32, 4]);
    expect(adapterOut!.shape).toEqual([20, 4, 8]);
    expect(tf.max(tf.abs(adapterOut!)).dataSync()[0]).toBe(0);
    // 2560 entries of deviation 1 / sqrt(4)
    expect(tf.sqrt(tf.mean(tf.square(adapterIn!))).dataSync()[0]! / 0.5).toBeCloseTo(1, 1);
    expect(Object.keys(plain)).toEqual(["modules", "contexts"]);
  });

  test("are taken into account by a bank that is fitted to weights", () => {
    const parameters = { kernel: { shape: [4, 5], kind: dense } };
    const plan = planDecomposition([{ name: "net", parameters }], { block: [2, 3] });
    const sizes = { modules: 4, contextSize: 2, block: [2, 3] as const, adapterRank: 2 };
    const deviations = new Float32Array(4).fill(1);
    const bank = createBank({ ...sizes, deviations, random: seededDraws(1) });
    const moved = { ...bank, adapterOut: normal([4, 2, 3], 2) as tf.Tensor3D };
    const weights = { net: { kernel: normal([4, 5], 3) } };
    const alignment = Int32Array.of(3, 2, 1, 0);
    const fitted = fitBank(moved, alignment, { plan, weights });
    const { net } = materialize(fitted, alignment, plan);
    expect(net!["kernel"]!).toBeCloseToTensor(weights.net.kernel, { rtol: 1e-5, atol: 1e-5 });
    expect(fitted.adapterOut!).toBeCloseToTensor(moved.adapterOut, exactly);
    expect(countTensors(() => fitBank(moved, alignment, { plan, weights }))).toBe(4);
    expect(countTensors(() => fitBank(moved, alignment, { plan, weights: {} }))).toBe(4);
  });

  test("are refused where they do not fit", () => {
    const { adapterOut, ...half } = twins();
    const generate = (bank: Bank) => generateBlocks(bank, settled(Int32Array.of(0, 0)));
    expect(() => generate(half)).toThrow(
      "generateBlocks: adapterIn and adapterOut must be [L, m, r] and [L, r, n], [2,2,1] and [2,1,2]; got [2,2,1] and [none].",
    );
    expect(() => generate({ ...half, adapterOut: tf.zeros([2, 2, 2]) })).toThrow(
      "got [2,2,1] and [2,2,2].",
    );
    expect(() => createBank({ ...options, adapterRank: 9, random: () => 0.5 })).toThrow(
      "createBank: adapterRank must be an integer from 0 to 8, the smaller side of a block [32,8]; got 9.",
    );
    expect(() => createBank({ ...options, adapterRank: 0.5, random: () => 0.5 })).toThrow(
      "got 0.5.",
    );
  });
});
