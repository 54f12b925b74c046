import { countTensors, exact, law, normal } from "@muir/test-kit";
import { type Adam, type AdamSlot, createAdam } from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { computations, compute, standardOps } from "./backends.js";
import { fixture, hasFixtures, restored, type StoredTensor } from "./fixture.js";

const exactly = { rtol: 0, atol: 0 };
const shapes = { a: [2, 3], b: [4], c: [1, 2, 2] } as const;
type Name = keyof typeof shapes;
const names = Object.keys(shapes) as Name[];

/** Which parameters take part in each step, in which order: parameters come, go and come back. */
const schedules = fc.record({
  steps: fc.array(fc.shuffledSubarray(names, { minLength: 1 }), { minLength: 1, maxLength: 6 }),
  seed: fc.noShrink(fc.nat({ max: 1_000_000 })),
});

/** Values that depend on the parameter and the step alone, so that two programs can draw the same. */
const drawn = (name: Name, seed: number) => normal(shapes[name], seed * 3 + names.indexOf(name));

const pick = <T>(all: Readonly<Record<string, T>>, chosen: readonly string[]) =>
  Object.fromEntries(chosen.map((name) => [name, all[name]!]));

/** Runs `use` with an optimizer and frees it. */
function withAdam<T>(options: Parameters<typeof createAdam>[0], use: (adam: Adam) => T): T {
  const adam = createAdam(options);
  try {
    return use(adam);
  } finally {
    adam.dispose();
  }
}

/** Reads slots and frees them: first and second moments as tensors, and steps. */
function readSlots(adam: Adam): Record<string, AdamSlot> {
  const slots = adam.slots();
  const copies = Object.entries(slots).map(([name, slot]) => {
    const copy = {
      firstMoment: tf.add(slot.firstMoment, 0),
      secondMoment: tf.add(slot.secondMoment, 0),
      step: slot.step,
    };
    tf.dispose([slot.firstMoment, slot.secondMoment]);
    return [name, copy];
  });
  return Object.fromEntries(copies);
}

describe.each(computations)("Adam with %s", (way) => {
  beforeAll(() => compute(way));
  afterAll(standardOps);

  test("moves a new parameter by its learning rate against its gradient", () => {
    withAdam({ learningRate: 0.25, rates: { fast: 0.5 } }, (adam) => {
      const parameters = { slow: tf.tensor1d([1, 1]), fast: tf.tensor1d([1]) };
      const gradients = { slow: tf.tensor1d([0.001, -7]), fast: tf.tensor1d([3]) };
      const next = adam.step(parameters, gradients);
      expect(next["slow"]!).toBeCloseToTensor(tf.tensor1d([0.75, 1.25]));
      expect(next["fast"]!).toBeCloseToTensor(tf.tensor1d([0.5]));
    });
  });

  test("changes only the parameters that have a gradient", () => {
    withAdam({ learningRate: 1 }, (adam) => {
      const parameters = { a: tf.zeros([2]), b: tf.zeros([3]) };
      expect(Object.keys(adam.step(parameters, { b: tf.ones([3]) }))).toEqual(["b"]);
    });
  });

  law("treats each parameter as if it were the only one", schedules, ({ steps, seed }) => {
    const together = withAdam({ learningRate: 0.1 }, (adam) => {
      const parameters: Record<string, tf.Tensor> = pick(
        Object.fromEntries(names.map((name) => [name, drawn(name, seed)])),
        names,
      );
      steps.forEach((present, i) => {
        const gradients = present.map((name) => [name, drawn(name, seed + i + 1)]);
        Object.assign(parameters, adam.step(parameters, Object.fromEntries(gradients)));
      });
      return parameters;
    });
    for (const name of names) {
      const alone = withAdam({ learningRate: 0.1 }, (adam) => {
        let value = drawn(name, seed);
        steps.forEach((present, i) => {
          if (!present.includes(name)) return;
          value = adam.step({ [name]: value }, { [name]: drawn(name, seed + i + 1) })[name]!;
        });
        return value;
      });
      expect(together[name]!).toBeCloseToTensor(alone, exactly);
    }
  });

  law("makes a dropped parameter's next step a first one", schedules, ({ steps, seed }) => {
    withAdam({ learningRate: 0.1, weightDecay: 0.1 }, (adam) => {
      const parameters = Object.fromEntries(names.map((name) => [name, drawn(name, seed)]));
      steps.forEach((_, i) => {
        const gradients = names.map((name) => [name, drawn(name, seed + i)]);
        adam.step(parameters, Object.fromEntries(gradients));
      });
      const before = readSlots(adam);
      adam.drop("b");
      adam.drop("never stepped");
      expect(Object.keys(readSlots(adam))).toEqual(["a", "c"]);
      const gradients = { b: drawn("b", seed + 9) };
      const next = adam.step(parameters, gradients);
      const fresh = withAdam({ learningRate: 0.1, weightDecay: 0.1 }, (other) =>
        other.step(parameters, gradients),
      );
      expect(next["b"]!).toBeCloseToTensor(fresh["b"]!, exactly);
      const after = readSlots(adam);
      expect(after["b"]!.step).toBe(1);
      expect(after["a"]!.secondMoment).toBeCloseToTensor(before["a"]!.secondMoment, exactly);
    });
  });

  const someRows = fc.record({
    rows: fc.shuffledSubarray([0, 1, 2, 3, 4]),
    rank: fc.integer({ min: 1, max: 3 }),
    seed: fc.noShrink(fc.nat({ max: 1_000_000 })),
  });
  law("forgets the moments of dropped rows and no others", someRows, ({ rows, rank, seed }) => {
    withAdam({ learningRate: 0.1 }, (adam) => {
      const shape = [5, 2, 3].slice(0, rank);
      adam.step({ bank: normal(shape, seed) }, { bank: normal(shape, seed + 1) });
      const before = readSlots(adam)["bank"]!;
      adam.dropRows("bank", rows);
      adam.dropRows("never stepped", rows);
      const after = readSlots(adam)["bank"]!;
      for (const moment of ["firstMoment", "secondMoment"] as const) {
        const expected = before[moment].arraySync() as unknown[];
        const zeros = tf.zeros(shape.slice(1)).arraySync();
        for (const row of rows) expected[row] = zeros;
        expect(after[moment].arraySync()).toEqual(expected);
      }
      expect(after.step).toBe(1);
    });
  });

  const clips = fc.record({
    clipNorm: fc.constantFrom(0.01, 1, 3, 100),
    seed: fc.noShrink(fc.nat({ max: 1_000_000 })),
  });
  law("clips gradients to a norm over all of them and keeps their direction", clips, (given) => {
    const { clipNorm, seed } = given;
    const gradients = Object.fromEntries(names.map((name) => [name, drawn(name, seed)]));
    const used = withAdam({ learningRate: 0.1, clipNorm, beta1: 0.5 }, (adam) => {
      adam.step(gradients, gradients);
      const slots = readSlots(adam);
      return names.map((name) => tf.mul(slots[name]!.firstMoment, 2)); // half of it is the gradient
    });
    const flat = (tensors: tf.Tensor[]) =>
      tf.concat(tensors.map((tensor) => tf.reshape(tensor, [-1])));
    const all = flat(names.map((name) => gradients[name]!));
    const norm = tf.norm(all).dataSync()[0]!;
    expect(tf.norm(flat(used)).dataSync()[0]).toBeLessThanOrEqual(clipNorm * (1 + 1e-5));
    expect(flat(used)).toBeCloseToTensor(tf.mul(all, Math.min(1, clipNorm / norm)));
  });

  test("leaves gradients of norm zero as they are when it clips", () => {
    withAdam({ learningRate: 0.1, clipNorm: 1 }, (adam) => {
      const next = adam.step({ a: tf.ones([2]) }, { a: tf.zeros([2]) });
      expect(next["a"]!.arraySync()).toEqual([1, 1]);
    });
  });

  law("decays weights by rate times decay, apart from the gradient", clips, ({ seed }) => {
    const options = { learningRate: 0.5, rates: { b: 0.25 }, weightDecay: 0.5 };
    const parameters = { a: exact([2, 3], seed), b: exact([4], seed + 1) };
    withAdam(options, (adam) => {
      const zeros = { a: tf.zeros([2, 3]), b: tf.zeros([4]) };
      const next = adam.step(parameters, zeros);
      expect(next["a"]!).toBeCloseToTensor(tf.mul(parameters.a, 0.75), exactly);
      expect(next["b"]!).toBeCloseToTensor(tf.mul(parameters.b, 0.875), exactly);
      expect(readSlots(adam)["a"]!.firstMoment).toBeCloseToTensor(zeros.a, exactly);
    });
  });

  law("goes on from saved slots as if nothing had happened", schedules, ({ steps, seed }) => {
    const step = (adam: Adam, present: readonly Name[], at: number) => {
      const parameters = Object.fromEntries(names.map((name) => [name, drawn(name, at)]));
      return adam.step(parameters, pick(parameters, present));
    };
    withAdam({ learningRate: 0.1 }, (adam) => {
      for (const present of steps) step(adam, present, seed);
      const saved = adam.slots();
      withAdam({ learningRate: 0.1 }, (other) => {
        step(other, ["a"], seed + 5); // forgotten by restore
        other.restore(saved);
        for (const { firstMoment, secondMoment } of Object.values(saved)) {
          tf.dispose([firstMoment, secondMoment]); // restore made copies
        }
        for (const at of [seed + 1, seed + 2]) {
          const [ours, theirs] = [step(adam, names, at), step(other, names, at)];
          for (const name of names) expect(theirs[name]!).toBeCloseToTensor(ours[name]!, exactly);
        }
      });
    });
  });

  test("owns two moments a parameter, and nothing once disposed", () => {
    const parameters = { a: tf.ones([2]), b: tf.ones([3]) };
    const adam = createAdam({ learningRate: 0.1, clipNorm: 1 });
    expect(countTensors(() => adam.step(parameters, parameters))).toBe(2 + 4);
    expect(countTensors(() => adam.step(parameters, parameters))).toBe(2);
    expect(countTensors(() => adam.dropRows("a", [0]))).toBe(0);
    expect(countTensors(() => adam.drop("a"))).toBe(-2);
    expect(countTensors(() => adam.dispose())).toBe(-2);
    expect(countTensors(() => adam.dispose())).toBe(0);
  });

  test.skipIf(!hasFixtures)(
    "gives the numbers of another framework (fixtures beside the project)",
    () => {
      const stored = fixture<{ w0: StoredTensor; s0: StoredTensor; steps: StoredStep[] }>("adam");
      withAdam({ learningRate: 1e-3, rates: { s: 0.1 } }, (adam) => {
        let parameters: Record<string, tf.Tensor> = {
          w: restored(stored.w0),
          s: restored(stored.s0),
        };
        for (const { gw, gs, w, s, softStateDroppedBefore } of stored.steps) {
          if (softStateDroppedBefore) adam.drop("s");
          parameters = adam.step(parameters, { w: restored(gw), s: restored(gs) });
          expect(parameters["w"]!).toBeCloseToTensor(restored(w), { rtol: 1e-6, atol: 1e-6 });
          expect(parameters["s"]!).toBeCloseToTensor(restored(s), { rtol: 1e-6, atol: 1e-6 });
        }
        expect(readSlots(adam)["s"]!.step).toBe(3);
      });
    },
  );
});

interface StoredStep extends Readonly<Record<"gw" | "gs" | "w" | "s", StoredTensor>> {
  readonly softStateDroppedBefore: boolean;
}

describe("Adam.step", () => {
  test("names the gradient that fits no parameter", () => {
    withAdam({ learningRate: 0.1 }, (adam) => {
      const step = () => adam.step({ a: tf.ones([2, 3]) }, { a: tf.ones([3, 2]) });
      expect(step).toThrow(
        'the gradient of "a" must have its parameter\'s shape, [2,3]; got [3,2].',
      );
      expect(() => adam.step({}, { a: tf.ones([1]) })).toThrow("[no such parameter]; got [1].");
    });
  });
});

describe("createAdam", () => {
  test.each([
    [{ learningRate: 0 }, "learningRate must be positive; got 0."],
    [{ learningRate: Number.NaN }, "learningRate must be positive; got NaN."],
    [{ learningRate: Infinity }, "learningRate must be positive; got Infinity."],
    [{ learningRate: 1, beta1: 1 }, "beta1 must be at least 0 and below 1; got 1."],
    [{ learningRate: 1, beta2: -0.1 }, "beta2 must be at least 0 and below 1; got -0.1."],
    [{ learningRate: 1, epsilon: 0 }, "epsilon must be positive; got 0."],
    [{ learningRate: 1, weightDecay: -1 }, "weightDecay must be 0 or more; got -1."],
    [{ learningRate: 1, clipNorm: 0 }, "clipNorm must be positive; got 0."],
    [{ learningRate: 1, rates: { beta1: 2, s: -1 } }, "rates.s must be positive; got -1."],
  ])("rejects %j", (options, message) => {
    expect(() => createAdam(options)).toThrow(new RangeError(`createAdam: ${message}`));
  });
});
