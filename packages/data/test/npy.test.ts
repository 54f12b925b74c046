import { formatNpy, isDataError, parseNpy } from "@muir/data";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, "base64"));

// Written by numpy.save and numpy.lib.format.write_array of NumPy 2.4.6.
const VERSION_1 = bytesOf(
  "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAIA/AAAAwAAAYEAAAIA+AADAfwAAgH8=",
);
const VERSION_2 = bytesOf(
  "k05VTVBZAgB0AAAAeydkZXNjcic6ICc8ZjgnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMiwgMiksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAqamZmZmZm5PwAAAAAAAABAAAAAAAAACEAAAAAAAAAQwA==",
);
const VERSION_3 = bytesOf(
  "k05VTVBZAwB0AAAAeydkZXNjcic6ICc8ZjQnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAPBA",
);

/** A version 1.0 file with this header text and `extra` bytes of data. */
function fileWith(header: string, extra = 0): Uint8Array {
  const text = `\x93NUMPY\x01\x00${String.fromCharCode(header.length % 256, header.length >> 8)}${header}`;
  return new Uint8Array([...Buffer.from(text, "latin1"), ...new Uint8Array(extra)]);
}
const headerOf = ({ descr = "'<f4'", order = "False", shape = "(2,)" } = {}) =>
  `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }\n`;

const shapes = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });
const arrays = fc.tuple(shapes, fc.array(fc.float(), { minLength: 1, maxLength: 16 }));
const filled = (shape: number[], values: number[]) => {
  const length = shape.reduce((product, size) => product * size, 1);
  return { shape, data: Float32Array.from({ length }, (_, i) => values[i % values.length]!) };
};

describe("parseNpy", () => {
  test("reads what NumPy wrote as float32, version 1.0", () => {
    expect(parseNpy(VERSION_1, "x.npy")).toEqual({
      shape: [2, 3],
      data: Float32Array.of(1, -2, 3.5, 0.25, Number.NaN, Number.POSITIVE_INFINITY),
    });
  });

  test("reads what NumPy wrote as float64, version 2.0, rounded to float32", () => {
    expect(parseNpy(VERSION_2, "x.npy")).toEqual({
      shape: [2, 2],
      data: Float32Array.of(0.1, 2, 3, -4),
    });
  });

  test("reads what NumPy wrote as a single number, version 3.0", () => {
    expect(parseNpy(VERSION_3, "x.npy")).toEqual({ shape: [], data: Float32Array.of(7.5) });
  });

  test("reads bytes that start anywhere in their buffer", () => {
    const shifted = new Uint8Array(VERSION_1.length + 3);
    shifted.set(VERSION_1, 3);
    expect(parseNpy(shifted.subarray(3), "x.npy")).toEqual(parseNpy(VERSION_1, "x.npy"));
  });

  test("reads keys in any order, double quotes and the long integers of Python 2", () => {
    const header = `{"shape": (1L, 2L), "descr": "<f4", "fortran_order": False}`;
    expect(parseNpy(fileWith(header, 8), "x.npy").shape).toEqual([1, 2]);
  });

  test("gives back an empty array whose other axes are beyond counting", () => {
    const empty = { shape: [...new Array(25).fill(2 ** 53 - 1), 0], data: new Float32Array() };
    expect(parseNpy(formatNpy(empty), "x.npy")).toEqual(empty);
  });

  test("rejects a file cut at any byte", () => {
    for (const file of [VERSION_1, VERSION_2, VERSION_3]) {
      for (let length = 1; length < file.length; length++) {
        expect(() => parseNpy(file.subarray(0, length), "x.npy")).toThrow(
          new RegExp(`^x\\.npy: truncated: .* got ${length}\\.`),
        );
      }
    }
  });

  law("gives back what formatNpy wrote, of any shape, bit for bit", arrays, ([shape, values]) => {
    const array = filled(shape, values);
    expect(parseNpy(formatNpy(array), "x.npy")).toEqual(array);
  });

  law("rounds float64 to the nearest float32", arrays, ([shape, values]) => {
    const { data } = filled(shape, values);
    const shifted = Float64Array.from(data, (value) => value * (1 - 1e-9));
    expect(parseNpy(formatNpy({ shape, data: shifted }), "x.npy").data).toEqual(
      Float32Array.from(shifted),
    );
  });

  const edits = fc.array(
    fc.record({
      kind: fc.constantFrom("replace", "cut", "insert"),
      at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      byte: fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(...Buffer.from("'(),0L9}"))),
    }),
    { minLength: 1, maxLength: 4 },
  );
  const damaged = fc
    .tuple(fc.constantFrom(VERSION_1, VERSION_2, VERSION_3), edits)
    .map(([file, changes]) => {
      const bytes = [...file];
      for (const { kind, at, byte } of changes) {
        // the header's meaning sits in its first 80 bytes: damage them as often as the rest
        const place = Math.floor(at < 0.5 ? at * 160 : (at * 2 - 1) * bytes.length);
        if (kind === "replace") bytes[Math.min(place, bytes.length)] = byte;
        else if (kind === "cut") bytes.length = Math.min(place, bytes.length);
        else bytes.splice(place, 0, byte);
      }
      return Uint8Array.from(bytes);
    });

  law("answers damaged bytes with an array or a DataError of one line", damaged, (bytes) => {
    try {
      const { shape, data } = parseNpy(bytes, "x.npy");
      expect(data.length).toBe(shape.reduce((product, size) => product * size, 1));
    } catch (error) {
      if (!isDataError(error)) throw error;
      expect(error.message).toMatch(/^x\.npy: [^\n\r\u2028\u2029]+$/);
    }
  });

  law("answers any header with an array or a DataError", fc.string({ maxLength: 90 }), (text) => {
    expect(() => parseNpy(fileWith(`{${text}}`.replace(/[^ -~]/g, "?")), "x.npy")).toThrow(
      "x.npy:",
    );
  });

  const rejected: [string, Uint8Array, string][] = [
    ["an empty file", new Uint8Array(), "not a .npy file"],
    ["another format", Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0), "got 50 4b 03 04 00 00."],
    ["a cut magic", VERSION_1.slice(0, 5), "truncated: the header takes at least 8 bytes; got 5"],
    ["a cut header", VERSION_1.slice(0, 50), "the header takes at least 128 bytes; got 50"],
    ["cut data", VERSION_1.slice(0, 150), "shape [2,3] of <f4 takes 152 bytes; got 150"],
    ["bytes after the data", Uint8Array.of(...VERSION_1, 0), "1 bytes too many"],
    ["version 4.0", VERSION_1.with(6, 4), "must be 1.0, 2.0 or 3.0; got 4.0"],
    ["version 1.1", VERSION_1.with(7, 1), "got 1.1"],
    ["a header of gigabytes", VERSION_2.with(11, 0x7f), "at most 10000 bytes; got 2130706548"],
    ["integers", fileWith(headerOf({ descr: "'<i8'" }), 16), "float64 ('<f8'), little-endian"],
    [
      "big-endian",
      fileWith(headerOf({ descr: "'>f4'" }), 8),
      'got ">f4". Save array.astype("<f4")',
    ],
    ["a structured type", fileWith(headerOf({ descr: "[('a', '<f4')]" }), 8), "[('a', '<f4')]"],
    ["Fortran order", fileWith(headerOf({ order: "True" }), 8), "numpy.ascontiguousarray"],
    ["a huge shape", fileWith(headerOf({ shape: "(9999999, 9999999, 9999999)" })), "truncated"],
    ["a size beyond counting", fileWith(headerOf({ shape: `(${"9".repeat(400)}, 0)` })), "header"],
    ["a shape that is no tuple", fileWith(headerOf({ shape: "(2)" }), 8), "the header must be"],
    ["a negative axis", fileWith(headerOf({ shape: "(-2,)" }), 8), "the header must be"],
    ["a call", fileWith(headerOf({ shape: "exit()" }), 8), "the header must be"],
    ["a key twice", fileWith(headerOf().replace("}", "'shape': (2,)}"), 8), "the header must be"],
    ["a missing key", fileWith("{'descr': '<f4', 'shape': (2,)}", 8), "the header must be"],
    [
      "a float64 that float32 cannot hold",
      formatNpy({ shape: [2, 2], data: Float64Array.of(0, 0, 1e300, 0) }),
      "the value at [1, 0] must lie within float32's range; got 1e+300",
    ],
  ];
  test.each(rejected)("rejects %s", (_, bytes, message) => {
    expect(() => parseNpy(bytes, "x.npy")).toThrow(message);
  });
});

describe("formatNpy", () => {
  test("writes the bytes that numpy.save writes", () => {
    const { shape, data } = parseNpy(VERSION_1, "x.npy");
    expect(formatNpy({ shape, data })).toEqual(VERSION_1);
  });

  law("starts the data at a multiple of 64 bytes", arrays, ([shape, values]) => {
    const array = filled(shape, values);
    expect((formatNpy(array).length - array.data.byteLength) % 64).toBe(0);
  });

  test("rejects what NumPy could not read", () => {
    const data = Float32Array.of(1, 2);
    expect(() => formatNpy({ shape: [3], data })).toThrow("shape [3] takes 3 numbers; got 2");
    expect(() => formatNpy({ shape: [-1], data })).toThrow("at most 32 whole numbers; got [-1]");
    expect(() => formatNpy({ shape: new Array(33).fill(1), data })).toThrow("at most 32");
  });
});
