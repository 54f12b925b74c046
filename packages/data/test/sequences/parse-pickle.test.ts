import { isDataError, type PickledValue, parsePickle } from "@muir/data";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Plain, pickleBytes } from "./pickle-bytes.js";

const scalars = fc.oneof(
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Number.isInteger(value)),
  fc.string(),
  fc.boolean(),
  fc.constant(null),
);
const { value: values } = fc.letrec<{ value: Plain }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalars,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.tuple(tie("value"), tie("value")).map((pair) => ({ pair })),
    fc
      .array(fc.tuple(scalars, tie("value")), { maxLength: 4 })
      .map((entries) => new Map<Plain, Plain>(entries)),
  ),
}));

/** The same as what reading it should give: a tuple is an array. */
function asRead(value: Plain): PickledValue {
  if (Array.isArray(value)) return value.map(asRead);
  if (value instanceof Map) {
    return new Map([...value].map(([key, item]) => [asRead(key), asRead(item)]));
  }
  return typeof value === "object" && value !== null ? value.pair.map(asRead) : value;
}

describe("parsePickle", () => {
  test("reads what Python wrote: pickle.dumps({1: ['a', (2, 0.5)]}, protocol=2)", () => {
    const bytes = Buffer.from("gAJ9cQBLAV1xAShYAQAAAGFxAksCRz/gAAAAAAAAhnEDZXMu", "base64");
    expect(parsePickle(bytes, "x.pkl")).toEqual(new Map([[1, ["a", [2, 0.5]]]]));
  });

  law("reads numbers, strings, lists, tuples and dictionaries as written", values, (value) => {
    expect(parsePickle(pickleBytes(value), "x.pkl")).toEqual(asRead(value));
  });

  const naming: [string, string][] = [
    ["GLOBAL", "cposix\nsystem\n."],
    ["GLOBAL and REDUCE", "cos\nsystem\n(S'echo hi'\ntR."],
    ["INST", "(S'echo hi'\nios\nsystem\n."],
    ["STACK_GLOBAL", "\x80\x04\x8c\x02os\x8c\x06system\x93."],
    ["GLOBAL and NEWOBJ", "\x80\x02ccollections\nOrderedDict\n)\x81."],
    ["GLOBAL within a list", "\x80\x02]cnumpy.core.multiarray\nscalar\na."],
    ["a global of this language", "c__proto__\nconstructor\n."],
    ["PERSID", "Pfile\n."],
    ["BINPERSID", "\x80\x02U\x04fileQ."],
    ["EXT1", "\x80\x02\x82\x01."],
    ["EXT2", "\x80\x02\x83\x01\x00."],
    ["EXT4", "\x80\x02\x84\x01\x00\x00\x00."],
  ];
  test.each(naming)("refuses %s, which could run code", (_, text) => {
    const parse = () => parsePickle(Buffer.from(text, "latin1"), "x.pkl");
    expect(parse).toThrow(
      /^x\.pkl: a pickle must hold numbers, strings, lists, tuples and dictionaries only; got .*, which could run code\./,
    );
  });

  test.each([
    ["REDUCE of a string", "S'a'\n(tR."],
    ["OBJ of a string", "(S'a'\no."],
    ["NEWOBJ of a list", "\x80\x02]]\x81."],
    ["BUILD with a method", "\x80\x02}}U\x0c__setstate__U\x01asb."],
    ["an out-of-band buffer", "\x80\x05\x97."],
  ])("never calls a value: %s", (_, text) => {
    try {
      parsePickle(Buffer.from(text, "latin1"), "x.pkl");
    } catch (error) {
      expect(isDataError(error)).toBe(true);
    }
    expect(({} as Record<string, unknown>)["__setstate__"]).toBeUndefined();
  });

  test("takes __proto__ for a key like any other", () => {
    const value = parsePickle(pickleBytes(new Map([["__proto__", new Map([["a", 1]])]])), "x.pkl");
    expect((value as Map<string, unknown>).get("__proto__")).toEqual(new Map([["a", 1]]));
    expect(({} as Record<string, unknown>)["a"]).toBeUndefined();
  });

  test("rejects a pickle that is cut anywhere", () => {
    const bytes = pickleBytes(new Map<Plain, Plain>([[1, ["ACGT", 0.5]]]));
    for (let length = 0; length < bytes.length; length++) {
      expect(() => parsePickle(bytes.subarray(0, length), "x.pkl"), String(length)).toThrow(
        /^x\.pkl: not a pickle of plain data that can be read to its end: /,
      );
    }
  });

  const longs = fc.bigInt({ min: -(2n ** 71n), max: 2n ** 71n });
  law("reads a long as Python does, or refuses it", longs, (value) => {
    const bytes = new Uint8Array(9);
    for (let i = 0; i < 9; i++) bytes[i] = Number((value >> BigInt(8 * i)) & 0xffn);
    const pickle = Uint8Array.of(0x80, 2, 0x8a, 9, ...bytes, 0x2e);
    if (value >= 0n && value <= 2n ** 53n - 1n) {
      expect(parsePickle(pickle, "x.pkl")).toBe(Number(value));
    } else {
      expect(() => parsePickle(pickle, "x.pkl")).toThrow(
        /^x\.pkl: not a pickle .*: a (negative whole number of type long|whole number of 2\^53 or more)/,
      );
    }
  });

  const misread: [string, string, string][] = [
    ["a negative long", "\x80\x02\x8a\x01\xff.", "a negative whole number of type long"],
    ["a long of megabytes", "\x80\x02\x8b\x00\x00\x10\x00.", "opcode 0x8b"],
    ["bytes that lead back to themselves", "B\xfb\xff\xff\xff.", "opcode 0x42"],
    ["a list copied into another by BUILD", "]q\x00]h\x00b.", "opcode 0x62"],
    ["a set", "\x80\x04\x8f(K\x01\x90.", "opcode 0x8f"],
    ["a dictionary in one piece", "(S'__proto__'\n]d.", "a dictionary in one piece"],
    ["an escape of protocol 0", "S'a\\n'\n.", "an escape in a string"],
    ["a whole number that is none", "I12x\n.", "a whole number that is none"],
    ["a float that is none", "F0x10\n.", "a number that is none"],
    ["a byte string of another encoding", "U\x01\xe9.", "not valid"],
    ["nothing", "\x80\x02.", "it ends without a value"],
  ];
  test.each(misread)("refuses %s", (_, text, problem) => {
    expect(() => parsePickle(Buffer.from(text, "latin1"), "x.pkl")).toThrow(problem);
  });

  test("reads what protocol 0 writes", () => {
    const text = "(dp0\nS'a'\np1\n(lp2\nI-3\naL7L\naF-1.5e-3\naI01\nasV\u00e9\np3\nNs.";
    expect(parsePickle(Buffer.from(text), "x.pkl")).toEqual(
      new Map<unknown, unknown>([
        ["a", [-3, 7, -0.0015, true]],
        ["\u00e9", null],
      ]),
    );
  });

  test("takes lists as deep as the file is long", () => {
    const depth = 100_000;
    const text = `${"]".repeat(depth)}${"a".repeat(depth - 1)}.`;
    let value = parsePickle(Buffer.from(text), "x.pkl");
    for (let i = 1; i < depth; i++) value = (value as PickledValue[])[0]!;
    expect(value).toEqual([]);
  });

  const damaged = fc.tuple(
    values,
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 4 }),
  );
  law(
    "answers damaged bytes with a value or a DataError of one line",
    damaged,
    ([value, edits]) => {
      const bytes = pickleBytes(value);
      for (const [place, byte] of edits) bytes[place % bytes.length] = byte;
      try {
        parsePickle(bytes, "x.pkl");
      } catch (error) {
        if (!isDataError(error)) throw error;
        expect(error.message).toMatch(/^x\.pkl: [^\n]+$/);
      }
    },
  );
});
