import { dropout } from "@muir/ops";
import { createRandom } from "@muir/random";
import { countTensors, law, numbered, randomSeeds } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

/** A source that gives these draws, and then none. */
const scripted = (...draws: number[]) => {
  const left = [...draws];
  return () => left.shift() ?? Number.NaN;
};

describe("dropout", () => {
  test("drops entries whose draw is below the rate, and scales the others", () => {
    const x = tf.tensor2d([1, 2, 3, 4], [2, 2]);
    const kept = dropout(x, { rate: 0.2, random: scripted(0.1, 0.2, 0.9, 0) });
    expect(kept).toBeCloseToTensor(tf.tensor2d([0, 2.5, 3.75, 0], [2, 2]));
  });

  test("draws nothing and changes nothing at rate 0", () => {
    const random = () => {
      throw new Error("drew");
    };
    const x = numbered([2, 3]);
    const kept = dropout(x, { rate: 0, random });
    expect(kept).not.toBe(x);
    expect(kept).toBeCloseToTensor(x, { rtol: 0, atol: 0 });
  });

  const cases = fc.record({
    shape: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
    rate: fc.double({ min: 0.01, max: 0.9, noNaN: true }),
    seed: randomSeeds(),
  });
  law(
    "draws once for each entry, and drops the same entries for the same draws",
    cases,
    (given) => {
      const { shape, rate, seed } = given;
      const run = () => {
        let draws = 0;
        const source = createRandom(seed);
        const random = () => {
          draws++;
          return source();
        };
        return { kept: dropout(tf.ones(shape), { rate, random }), draws };
      };
      const { kept, draws } = run();
      expect(draws).toBe(tf.util.sizeFromShape(shape));
      expect(run().kept).toBeCloseToTensor(kept, { rtol: 0, atol: 0 });
    },
  );

  law("has the gradient of what it kept", cases, ({ shape, rate, seed }) => {
    const x = tf.ones(shape);
    const drop = (x: tf.Tensor) => dropout(x, { rate, random: createRandom(seed) });
    expect(tf.grad(drop)(x)).toBeCloseToTensor(drop(x), { rtol: 0, atol: 0 });
  });

  test("keeps the mean", () => {
    const kept = dropout(tf.ones([100, 100]), { rate: 0.3, random: createRandom(1) });
    // one standard deviation is 0.0065
    expect(tf.mean(kept)).toBeCloseToTensor(tf.scalar(1), { rtol: 0, atol: 0.03 });
  });

  test("leaves one tensor behind: its result", () => {
    const x = tf.ones([3]);
    expect(countTensors(() => dropout(x, { rate: 0.5, random: createRandom(1) }))).toBe(1);
    expect(countTensors(() => dropout(x, { rate: 0, random: createRandom(1) }))).toBe(1);
  });

  test.each([-0.1, 1, Number.NaN])("rejects a rate of %s", (rate) => {
    expect(() => dropout(tf.ones([1]), { rate, random: createRandom(1) })).toThrow(
      new RangeError(`dropout: rate must be at least 0 and less than 1; got ${rate}.`),
    );
  });
});
