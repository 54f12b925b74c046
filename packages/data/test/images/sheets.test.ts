import { crc32, deflateSync } from "node:zlib";
import {
  contactSheet,
  isDataError,
  type LabelledImages,
  parseCifarLabels,
  parseCifarSheet,
} from "@muir/data";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { decode, encode } from "fast-png";
import { describe, expect, test } from "vitest";
import { numberedImages, sameImages } from "./numbered-images.js";

const name = "data_batch_1.png";
const sheetOf = ({ pixels, labels }: LabelledImages) =>
  encode({ width: 1024, height: labels.length, data: pixels, channels: 3 });

describe("parseCifarSheet", () => {
  law("reads each row of the PNG as one image", fc.integer({ min: 1, max: 4 }), (count) => {
    const images = numberedImages(count);
    const labels = [...images.labels];
    const read = parseCifarSheet({ png: sheetOf(images), labels, name });
    expect(sameImages(read, images)).toBe(true);
  });

  test("rejects another size, saying what came", () => {
    const png = encode({ width: 32, height: 32, data: new Uint8Array(3072), channels: 3 });
    expect(() => parseCifarSheet({ png, labels: [1, 2], name })).toThrow(
      "data_batch_1.png: must be a PNG of 1024 x 2 pixels with 3 channels, a row for each image; got 32 x 32 with 3.",
    );
    const deep = encode({ width: 1, height: 1, data: new Uint16Array(3), channels: 3, depth: 16 });
    expect(() => parseCifarSheet({ png: deep, labels: [1], name })).toThrow(
      "must be a PNG of 8 bits a channel; got 16 bits.",
    );
  });

  /** A PNG of one row with these parts in place of its own pixels; checksums are right. */
  const withParts = (...parts: readonly [string, Uint8Array][]) => {
    const whole = Buffer.from(sheetOf(numberedImages(1)));
    const part = ([type, data]: readonly [string, Uint8Array]) => {
      const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
      const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
      size.writeUInt32BE(data.length);
      sum.writeUInt32BE(crc32(body));
      return Buffer.concat([size, body, sum]);
    };
    return Buffer.concat([whole.subarray(0, 33), ...parts.map(part), whole.subarray(-12)]);
  };
  const bomb = deflateSync(new Uint8Array(1e8));

  test.each<[string, Uint8Array, string]>([
    [
      "pixels that unpack to more than the header says",
      withParts(["IDAT", bomb]),
      "1024 x 1 pixels take 3073 bytes; got more.",
    ],
    [
      "pixels that end early",
      withParts(["IDAT", deflateSync(new Uint8Array(3000))]),
      "1024 x 1 pixels take 3073 bytes; got 3000.",
    ],
    ["a colour profile", withParts(["iCCP", bomb]), "got a colour profile"],
    ["a palette", withParts(["PLTE", new Uint8Array(3)]), "got a palette"],
    ["a part that is longer than the file", sheetOf(numberedImages(1)).subarray(0, 60), "it ends"],
    ["no PNG", Buffer.from("GIF89a, as it were"), "wrong signature"],
  ])("rejects %s", (_, png, problem) => {
    const before = process.memoryUsage().arrayBuffers;
    expect(() => parseCifarSheet({ png, labels: [0], name })).toThrow(problem);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4e7);
  });

  test("rejects an interlaced PNG", () => {
    const png = sheetOf(numberedImages(1)).slice();
    png[28] = 1;
    expect(() => parseCifarSheet({ png, labels: [0], name })).toThrow("got interlaced rows");
  });

  const png = sheetOf(numberedImages(2));
  const edits = fc.array(fc.tuple(fc.nat({ max: png.length - 1 }), fc.nat({ max: 255 })), {
    minLength: 1,
    maxLength: 3,
  });
  law("answers a damaged PNG with images or a DataError of one line", edits, (changes) => {
    const damaged = png.slice();
    for (const [place, byte] of changes) damaged[place] = byte;
    try {
      expect(parseCifarSheet({ png: damaged, labels: [0, 1], name }).pixels.length).toBe(6144);
    } catch (error) {
      if (!isDataError(error)) throw error;
      expect(error.message).toMatch(/^data_batch_1\.png: [^\n]+$/);
    }
  });
});

describe("parseCifarLabels", () => {
  test("reads a JSON array of classes", () => {
    expect(parseCifarLabels("[3, 0, 9]", "l.json")).toEqual([3, 0, 9]);
    expect(parseCifarLabels("[]", "l.json")).toEqual([]);
  });

  test.each([
    ["[1, 10]", "got 10 at 1"],
    ["[1.5]", "got 1.5 at 0"],
    ['["length"]', 'got "length" at 0'],
    ["[null]", "got null at 0"],
    ["[{}]", "got an object at 0"],
    ["{}", "got a JSON object"],
    ["null", "got a JSON null"],
    ["[1,", "got text that is not JSON"],
  ])("rejects %s", (text, got) => {
    expect(() => parseCifarLabels(text, "l.json")).toThrow(
      `l.json: must be a JSON array of labels from 0 to 9; ${got}.`,
    );
  });
});

test("parseCifarLabels follows no nesting, however deep", () => {
  const deep = `[${"[".repeat(1e5)}${"]".repeat(1e5)}]`;
  expect(() => parseCifarLabels(deep, "l.json")).toThrow("got an array at 0");
});

describe("contactSheet", () => {
  const two: LabelledImages = {
    shape: [3, 1, 1, 3],
    pixels: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9),
    labels: Uint8Array.of(1, 0, 1),
    classes: ["a", "b"],
  };

  test("has a row for each class and its first images in it", () => {
    const { width, height, channels, data } = decode(contactSheet(two, { columns: 3, scale: 1 }));
    expect([width, height, channels]).toEqual([3 * 5 + 4, 2 * 5 + 4, 3]);
    const at = (x: number, y: number) => [...data.slice((y * width + x) * 3).subarray(0, 3)];
    expect([at(4, 4), at(9, 4)]).toEqual([
      [4, 5, 6],
      [255, 255, 255],
    ]);
    expect([at(4, 9), at(9, 9), at(14, 9)]).toEqual([
      [1, 2, 3],
      [7, 8, 9],
      [255, 255, 255],
    ]);
  });

  test("enlarges every pixel alike", () => {
    const { width, data } = decode(contactSheet(two, { columns: 1, scale: 3 }));
    const red = (x: number, y: number) => data[(y * width + x) * 3];
    expect([red(4, 4), red(6, 4), red(6, 6), red(7, 6)]).toEqual([4, 4, 4, 255]);
  });

  test("rejects a layout of nothing", () => {
    expect(() => contactSheet(two, { scale: 0 })).toThrow(
      "contactSheet: scale must be a positive integer; got 0.",
    );
  });
});
