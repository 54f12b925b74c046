import { BASES, decodeBases, encodeBases, isDataError } from "@muir/data";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const letters = fc.string({ unit: fc.constantFrom(..."ACGTNacgtn") });

describe("encodeBases", () => {
  test("numbers N, A, C, G, T from 0", () => {
    expect([...encodeBases("NACGT", "x")]).toEqual([0, 1, 2, 3, 4]);
    expect(BASES).toBe("NACGT");
  });

  test("takes small letters too", () => {
    expect(encodeBases("gattaca", "x")).toEqual(encodeBases("GATTACA", "x"));
  });

  law("is undone by decodeBases, but for small letters", letters, (sequence) => {
    expect(decodeBases(encodeBases(sequence, "x"))).toBe(sequence.toUpperCase());
  });

  const others = fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 });
  law("takes these ten letters and no other", others, (letter) => {
    const encode = () => encodeBases(`A${letter}`, "guide 7");
    if ("ACGTNacgtn".includes(letter)) expect(encode()[0]).toBe(1);
    else expect(encode).toThrow("guide 7: every letter must be one of A, C, G, T and N; got");
  });

  test("says which letter, where", () => {
    try {
      encodeBases("ACXT", "line 3, longSeq");
      expect.unreachable();
    } catch (error) {
      if (!isDataError(error)) throw error;
      expect(error.message).toBe(
        'line 3, longSeq: every letter must be one of A, C, G, T and N; got "X" at 3. Correct it, or write N for a base that is not known.',
      );
    }
  });
});
