import { type Bank, blocksGradient, generateBlocks, settled } from "@muir/hypermodule";
import { exact, law } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { type BankCase, bankCases, drawBank, drawSoftWeights } from "./arbitrary-banks.js";
import { fixture, hasFixtures, type StoredTensor } from "./fixture.js";

const exactly = { rtol: 0, atol: 0 };

/** Eq. 8 as the obvious loop. */
function blocksByHand(given: BankCase, bank: Bank, softWeights?: tf.Tensor2D): tf.Tensor {
  const H = bank.modules.arraySync();
  const z = bank.contexts.arraySync() as number[][];
  const beliefs = softWeights ? (tf.softmax(softWeights).arraySync() as number[][]) : [];
  const { alignment, locations, challengers, lambda } = given.candidates;
  const [rows, columns] = given.block;
  const blocks = Array.from(alignment, (incumbent, l) => {
    const listed = locations.indexOf(l);
    const competing = listed < 0 ? [] : challengers.slice(listed * lambda, (listed + 1) * lambda);
    const terms = [incumbent, ...competing].map((module, slot) => ({
      module,
      belief: listed < 0 ? 1 : beliefs[listed]![slot]!,
    }));
    return Array.from({ length: rows }, (_, i) =>
      Array.from({ length: columns }, (_, j) =>
        terms.reduce((sum, { module, belief }) => {
          const contexts = given.contextSize === 0 ? [1] : z[l]!;
          return sum + contexts.reduce((s, zc, c) => s + belief * zc * H[module]![c]![i]![j]!, 0);
        }, 0),
      ),
    );
  });
  return tf.tensor3d(blocks, [alignment.length, rows, columns]);
}

describe("generateBlocks", () => {
  test("is context times hypermodule (Eq. 5)", () => {
    const bank = {
      modules: tf.tensor4d([1, 2, 3, 4, 10, 20, 30, 40], [2, 2, 1, 2]),
      contexts: tf.tensor2d([1, 0, 2, 1], [2, 2]),
    };
    const blocks = generateBlocks(bank, settled(Int32Array.of(0, 1)));
    expect(blocks.arraySync()).toEqual([[[1, 2]], [[2 * 10 + 30, 2 * 20 + 40]]]);
  });

  test("mixes candidates by the softmax of their soft weights (Eq. 8)", () => {
    const bank = { modules: tf.tensor4d([8, 4], [2, 1, 1, 1]), contexts: tf.tensor2d([[1]]) };
    const candidates = {
      alignment: Int32Array.of(0),
      locations: Int32Array.of(0),
      challengers: Int32Array.of(1),
      lambda: 1,
    };
    const blocks = generateBlocks(bank, candidates, tf.tensor2d([[Math.log(3), 0]]));
    expect(blocks.dataSync()[0]).toBeCloseTo(0.75 * 8 + 0.25 * 4, 5);
  });

  law("equals the sum written as a loop", bankCases, (given) => {
    const bank = drawBank(given);
    const soft = drawSoftWeights(given);
    expect(generateBlocks(bank, given.candidates, soft)).toBeCloseToTensor(
      blocksByHand(given, bank, soft),
      { rtol: 1e-5, atol: 1e-5 },
    );
  });

  law("is linear in the hypermodules", bankCases, (given) => {
    const bank = drawBank(given);
    const candidates = settled(given.candidates.alignment);
    const other = exact(bank.modules.shape, given.seed + 9) as tf.Tensor4D;
    const generate = (modules: tf.Tensor4D) => generateBlocks({ ...bank, modules }, candidates);
    expect(generate(tf.add(bank.modules, other))).toBeCloseToTensor(
      tf.add(generate(bank.modules), generate(other)),
      exactly,
    );
  });

  law("does not depend on challengers that are the incumbent", bankCases, (given) => {
    const { alignment, locations, lambda } = given.candidates;
    const challengers = Int32Array.from(
      [...locations].flatMap((l) => Array<number>(lambda).fill(alignment[l]!)),
    );
    const bank = drawBank(given);
    const mixed = generateBlocks(
      bank,
      { ...given.candidates, challengers },
      drawSoftWeights(given),
    );
    expect(mixed).toBeCloseToTensor(generateBlocks(bank, settled(alignment)), {
      rtol: 1e-5,
      atol: 1e-5,
    });
  });

  law("leaves one tensor behind: its result", bankCases, (given) => {
    const bank = drawBank(given);
    const soft = drawSoftWeights(given);
    const before = tf.memory().numTensors;
    generateBlocks(bank, given.candidates, soft);
    expect(tf.memory().numTensors - before).toBe(1);
  });

  test("costs what competes, not what could", async () => {
    /** Numbers that all kernels write for 32 locations, of which `listed` have `lambda` challengers. */
    const written = async ({ listed, lambda }: { listed: number; lambda: number }) => {
      const bank = { modules: tf.ones([32, 2, 4, 4]), contexts: tf.ones([32, 2]) } as Bank;
      const candidates = {
        alignment: new Int32Array(32),
        locations: Int32Array.from({ length: listed }, (_, i) => i),
        challengers: new Int32Array(listed * lambda),
        lambda,
      };
      const soft = tf.zeros([listed, lambda + 1]) as tf.Tensor2D;
      const { kernels } = await tf.profile(() => generateBlocks(bank, candidates, soft));
      const sizes = kernels.flatMap(({ outputShapes }) => outputShapes as number[][]);
      return sizes.reduce((sum, shape) => sum + tf.util.sizeFromShape(shape), 0);
    };
    const one = await written({ listed: 1, lambda: 1 });
    expect(await written({ listed: 1, lambda: 8 })).toBeLessThan(1.5 * one);
    expect(await written({ listed: 32, lambda: 8 })).toBeGreaterThan(4 * one);
  });

  test("names what does not fit", () => {
    const bank = { modules: tf.zeros([2, 1, 3, 3]), contexts: tf.zeros([2, 1]) } as Bank;
    const generate = (alignment: number[]) =>
      generateBlocks(bank, settled(Int32Array.from(alignment)));
    expect(() => generate([0, 2])).toThrow("hypermodules 0 to 1; got 2 at index 1");
    expect(() => generate([0, 1, 0])).toThrow("one row for each of 3 locations; got [2,1]");
    expect(() => generateBlocks(bank, settled(Int32Array.of(0, 1)), tf.zeros([2, 2]))).toThrow(
      "softWeights must be none",
    );
  });
});

describe("the gradient of generateBlocks", () => {
  law("in modules and contexts is the slope a unit step measures", bankCases, (given) => {
    const bank = drawBank(given);
    const candidates = settled(given.candidates.alignment);
    const readout = exact([candidates.alignment.length, ...given.block], given.seed + 4);
    const loss = (modules: tf.Tensor, contexts: tf.Tensor) =>
      tf.sum(
        tf.mul(readout, generateBlocks({ modules, contexts } as Bank, candidates)),
      ) as tf.Scalar;
    const [dModules, dContexts] = tf.grads(loss)([bank.modules, bank.contexts]);
    const step = exact(bank.modules.shape, given.seed + 5);
    const turn = exact(bank.contexts.shape, given.seed + 6);
    const rise = (modules: tf.Tensor, contexts: tf.Tensor) =>
      tf.sub(loss(modules, contexts), loss(bank.modules, bank.contexts));
    // linear in each alone, so a unit step has no truncation error
    expect(tf.sum(tf.mul(dModules!, step))).toBeCloseToTensor(
      rise(tf.add(bank.modules, step), bank.contexts),
      exactly,
    );
    expect(tf.sum(tf.mul(dContexts!, turn))).toBeCloseToTensor(
      rise(bank.modules, tf.add(bank.contexts, turn)),
      exactly,
    );
  });

  law("in soft weights is the slope a small step measures", bankCases, (given) => {
    const bank = drawBank(given);
    const soft = drawSoftWeights(given);
    if (soft === undefined) return; // nothing competes: no soft weights to move
    const scaled = tf.mul(soft, 0.25) as tf.Tensor2D;
    const readout = exact([given.candidates.alignment.length, ...given.block], given.seed + 4);
    const loss = (s: tf.Tensor) =>
      tf.sum(tf.mul(readout, generateBlocks(bank, given.candidates, s as tf.Tensor2D)));
    const direction = tf.mul(exact(soft.shape, given.seed + 5), 0.005);
    const predicted = tf.sum(tf.mul(tf.grad(loss)(scaled), direction));
    const measured = tf.div(
      tf.sub(loss(tf.add(scaled, direction)), loss(tf.sub(scaled, direction))),
      2,
    );
    const size = 1e-6 * Math.max(1, Math.abs(loss(scaled).dataSync()[0]!)) * 100;
    expect(predicted).toBeCloseToTensor(measured, { rtol: 2e-2, atol: size });
  });

  law("is what blocksGradient gives, without a tape", bankCases, (given) => {
    const bank = drawBank(given);
    const soft = drawSoftWeights(given);
    const gradient = exact([given.candidates.alignment.length, ...given.block], 4) as tf.Tensor3D;
    const inputs = [bank.modules, bank.contexts, ...(soft ? [soft] : [])];
    const taped = tf.grads((modules: tf.Tensor, contexts: tf.Tensor, s?: tf.Tensor) =>
      generateBlocks({ modules, contexts } as Bank, given.candidates, s as tf.Tensor2D | undefined),
    )(inputs, gradient);
    const before = tf.memory().numTensors;
    const direct = blocksGradient(bank, given.candidates, {
      ...(soft && { softWeights: soft }),
      gradient,
    });
    expect(tf.memory().numTensors - before).toBe(inputs.length);
    [direct.modules, direct.contexts, direct.softWeights].forEach((tensor, i) => {
      if (tensor) expect(tensor).toBeCloseToTensor(taped[i]!, exactly);
    });
  });
});

test("blocksGradient refuses a gradient that is not of the blocks' shape", () => {
  const bank = { modules: tf.ones([3, 1, 2, 2]), contexts: tf.ones([3, 1]) } as Bank;
  const candidates = settled(Int32Array.of(0, 1, 2));
  const shapes = [
    [2, 2, 2],
    [4, 2, 2],
    [3, 4, 1],
    [3, 2, 3],
  ] as const;
  for (const shape of shapes) {
    expect(() => blocksGradient(bank, candidates, { gradient: tf.ones([...shape]) })).toThrow(
      new RangeError(
        `blocksGradient: gradient must have the shape of the blocks, [3,2,2]; got [${shape}].`,
      ),
    );
  }
});

describe.skipIf(!hasFixtures)("numbers of another framework (fixtures beside the project)", () => {
  const names = ["generation-two-candidates", "generation-five-candidates", "generation-16x16"];
  test.each(names)("%s", (name) => {
    const stored = fixture<Record<string, StoredTensor>>(name);
    const tensor = (key: string) => tf.tensor(stored[key]!.data, stored[key]!.shape);
    const [slots, locations] = stored["psi"]!.shape as [number, number];
    const psi = (slot: number, l: number) => stored["psi"]!.data[slot * locations + l]!;
    const everyLocation = Int32Array.from({ length: locations }, (_, l) => l);
    const candidates = {
      alignment: everyLocation.map((l) => psi(0, l)),
      locations: everyLocation,
      challengers: Int32Array.from({ length: locations * (slots - 1) }, (_, i) =>
        psi(1 + (i % (slots - 1)), Math.floor(i / (slots - 1))),
      ),
      lambda: slots - 1,
    };
    const bank = { modules: tensor("H"), contexts: tensor("z") } as Bank;
    const softWeights = tf.transpose(tensor("s")) as tf.Tensor2D;
    const close = { rtol: 1e-5, atol: 1e-5 };
    expect(generateBlocks(bank, candidates, softWeights)).toBeCloseToTensor(tensor("B"), close);
    const gradient = tensor("dB") as tf.Tensor3D;
    const found = blocksGradient(bank, candidates, { softWeights, gradient });
    expect(found.modules).toBeCloseToTensor(tensor("dH"), close);
    expect(found.contexts).toBeCloseToTensor(tensor("dz"), close);
    expect(found.softWeights!).toBeCloseToTensor(tf.transpose(tensor("ds")), close);
  });
});
