import { batches, type Dataset, restoreBatches, subset } from "@muir/data";
import { createRandom } from "@muir/random";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

/** Examples whose input is their number and whose target is the epoch they were asked for. */
const recording = (size: number, more: Partial<Dataset> = {}): Dataset => ({
  name: "recording",
  size,
  tasks: 1,
  inputShape: [],
  targetShape: [],
  batch: (indices, epoch = 0) => ({
    inputs: { shape: [indices.length], data: Int32Array.from(indices) },
    targets: { shape: [indices.length], data: new Int32Array(indices.length).fill(epoch) },
    size: indices.length,
  }),
  ...more,
});

describe("batches of streams", () => {
  const streams = recording(6, { streams: 2 });

  test("are one window of every stream, in order, without being told not to shuffle", () => {
    const cursor = batches(streams, { size: 2, random: createRandom(1) });
    const seen = [1, 2, 3, 4].map(() => [...cursor.next().inputs.data]);
    expect(seen).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
      [0, 1],
    ]);
  });

  test("refuse another size, shuffling, and a state between two windows", () => {
    expect(() => batches(streams, { size: 3, shuffle: false })).toThrow(
      "batches: the 2 streams of recording must be read in order, 2 at a time; got size 3. Set size to the number of streams and leave shuffle out.",
    );
    expect(() => batches(streams, { size: 2, shuffle: true, random: createRandom(1) })).toThrow(
      "got shuffle: true",
    );
    expect(() => restoreBatches(streams, { size: 2 }, { epoch: 0, position: 3 })).toThrow(
      "restoreBatches: state.position must be a multiple of the 2 streams of recording; got 3.",
    );
  });

  test("go on from a state in the middle", () => {
    const cursor = restoreBatches(streams, { size: 2 }, { epoch: 4, position: 2 });
    expect([...cursor.next().inputs.data]).toEqual([2, 3]);
    expect(cursor.state()).toEqual({ epoch: 4, position: 4 });
  });

  test("are plain examples again in a subset", () => {
    const part = subset(streams, [5, 0, 1]);
    expect(part.streams).toBeUndefined();
    expect(batches(part, { size: 2, random: createRandom(1) }).next().size).toBe(2);
  });
});

describe("the epoch", () => {
  const cuts = fc.record({
    size: fc.integer({ min: 1, max: 12 }),
    examples: fc.integer({ min: 1, max: 10 }),
    steps: fc.integer({ min: 0, max: 20 }),
  });

  law("that a dataset is asked for is the cursor's, and is restored", cuts, (given) => {
    const dataset = subset(recording(given.examples, { augmented: true }), [
      ...Array(given.examples).keys(),
    ]);
    const options = { size: given.size, random: createRandom(3) };
    const cursor = batches(dataset, options);
    for (let step = 0; step < given.steps; step++) cursor.next();
    const again = restoreBatches(dataset, options, cursor.state());
    const batch = cursor.next();
    expect(new Set(batch.targets.data)).toEqual(new Set([cursor.state().epoch]));
    expect(again.next()).toEqual(batch);
  });

  test("makes a new batch of a whole augmented dataset, but keeps that of any other", () => {
    const options = { size: 4, random: createRandom(1) };
    const augmented = batches(recording(4, { augmented: true }), options);
    const [first, second] = [augmented.next(), augmented.next()];
    expect([first.targets.data[0], second.targets.data[0]]).toEqual([0, 1]);
    const plain = batches(recording(4), options);
    expect(plain.next()).toBe(plain.next());
  });
});
