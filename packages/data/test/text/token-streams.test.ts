import { batches, isDataError, restoreBatches, tokenStreams } from "@muir/data";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

/** Tokens that are their own place in the text. */
const counting = (length: number) => Int32Array.from({ length }, (_, i) => i);

const cuts = fc
  .record({
    streams: fc.integer({ min: 1, max: 5 }),
    time: fc.integer({ min: 1, max: 6 }),
    windows: fc.integer({ min: 1, max: 5 }),
    rest: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  })
  .map(({ rest, ...cut }) => ({ ...cut, dropped: Math.floor(rest * cut.streams * cut.time) }));
type Cut = typeof cuts extends fc.Arbitrary<infer T> ? T : never;

const drawn = ({ streams, time, windows, dropped }: Cut) =>
  tokenStreams(counting(1 + streams * time * windows + dropped), { name: "text", streams, time });

describe("tokenStreams", () => {
  test("cuts thirteen tokens into two streams of three windows of two", () => {
    const text = tokenStreams(counting(13), { name: "text", streams: 2, time: 2 });
    const cursor = batches(text, { size: 2 });
    const seen = [1, 2, 3].map(() => [...cursor.next().inputs.data]);
    expect(seen).toEqual([
      [0, 1, 6, 7],
      [2, 3, 8, 9],
      [4, 5, 10, 11],
    ]);
    expect([text.windows, text.dropped, text.size]).toEqual([3, 0, 6]);
  });

  test("has the token that follows each for its target", () => {
    const text = tokenStreams(Int32Array.of(7, 8, 9, 7, 6), { name: "text", streams: 1, time: 2 });
    const { inputs, targets, continues } = text.batch(Int32Array.of(1));
    expect(inputs).toEqual({ shape: [1, 2], data: Int32Array.of(9, 7) });
    expect(targets).toEqual({ shape: [1, 2], data: Int32Array.of(7, 6) });
    expect(continues).toBe(true);
    expect([text.inputShape, text.targetShape, text.streams]).toEqual([[2], [2], 1]);
  });

  law("gives every stream whole and in order, batch after batch", cuts, (cut) => {
    const text = drawn(cut);
    const cursor = batches(text, { size: cut.streams });
    const rows = Array.from({ length: cut.streams }, (): number[] => []);
    for (let window = 0; window < cut.windows; window++) {
      const { inputs, targets, continues } = cursor.next();
      expect(continues).toBe(window > 0);
      expect(targets.data).toEqual(inputs.data.map((token) => token + 1));
      rows.forEach((row, s) => {
        row.push(...inputs.data.subarray(s * cut.time, (s + 1) * cut.time));
      });
    }
    // one after the other, the streams are the text, but for the tokens that are left over
    expect(rows.flat()).toEqual([...counting(cut.streams * cut.time * cut.windows)]);
    expect(text.dropped).toBe(cut.dropped);
    expect(cursor.next().continues).toBe(false); // the next epoch
  });

  law("goes on from a saved cursor in the middle of the text", cuts, (cut) => {
    const text = drawn(cut);
    const cursor = batches(text, { size: cut.streams });
    for (let window = 0; window < Math.ceil(cut.windows / 2); window++) cursor.next();
    const again = restoreBatches(text, { size: cut.streams }, cursor.state());
    expect(again.next()).toEqual(cursor.next());
  });

  test("rejects a text that is too short, and sizes that are none", () => {
    const make = (streams: number, time: number) => () =>
      tokenStreams(counting(6), { name: "valid.txt", streams, time });
    expect(make(2, 3)).toThrow(
      "valid.txt: 2 streams of 3 tokens take at least 7 tokens; got 6. Lower streams or time, or give more text.",
    );
    expect(make(0, 3)).toThrow("tokenStreams: streams must be a positive integer; got 0.");
    expect(make(2, 1.5)).toThrow("time must be a positive integer; got 1.5");
    expect(() => make(1, 5)().batch(Int32Array.of(1))).toThrow(
      "indices must be from 0 to 0; got 1",
    );
    try {
      make(2, 3)();
    } catch (error) {
      expect(isDataError(error)).toBe(true);
    }
  });
});
