import { CIFAR10_CLASSES, isDataError, parseCifarBatch } from "@muir/data";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { numberedImages, officialBytes, sameImages } from "./numbered-images.js";

const records = 3;
const name = "data_batch_1.bin";

describe("parseCifarBatch", () => {
  test("puts the channels of a pixel side by side", () => {
    const bytes = new Uint8Array(3073);
    bytes[0] = 6;
    bytes[1] = 11; // red of the first pixel
    bytes[1 + 1024] = 22; // green
    bytes[1 + 2048] = 33; // blue
    bytes[1 + 1] = 44; // red of the second
    const { shape, labels, pixels, classes } = parseCifarBatch(bytes, { name, records: 1 });
    expect(shape).toEqual([1, 32, 32, 3]);
    expect(classes[labels[0]!]).toBe("frog");
    expect([...pixels.subarray(0, 6)]).toEqual([11, 22, 33, 44, 0, 0]);
  });

  law("is the inverse of the official layout", fc.integer({ min: 1, max: 4 }), (count) => {
    const images = numberedImages(count);
    const read = parseCifarBatch(officialBytes(images), { name, records: count });
    expect(sameImages(read, images)).toBe(true);
  });

  test("rejects every length but the right one, saying which it is", () => {
    const bytes = officialBytes(numberedImages(records));
    expect(() => parseCifarBatch(bytes.subarray(1), { name, records })).toThrow(
      "data_batch_1.bin: truncated: 3 records of 3073 bytes take 9219 bytes; got 9218.",
    );
    expect(() => parseCifarBatch(new Uint8Array([...bytes, 0]), { name, records })).toThrow(
      "data_batch_1.bin: too long: 3 records of 3073 bytes take 9219 bytes; got 9220.",
    );
    expect(() => parseCifarBatch(bytes, { name })).toThrow("10000 records");
  });

  const places = fc.record({
    record: fc.nat({ max: records - 1 }),
    label: fc.integer({ min: CIFAR10_CLASSES.length, max: 255 }),
  });
  law("rejects a label that is no class, naming its byte", places, ({ record, label }) => {
    const bytes = officialBytes(numberedImages(records));
    bytes[record * 3073] = label;
    expect(() => parseCifarBatch(bytes, { name, records })).toThrow(
      `${name}: the label at byte ${record * 3073} (record ${record}) must be from 0 to 9; got ${label}.`,
    );
  });

  law(
    "answers any bytes with images or a DataError",
    fc.uint8Array({ minLength: 3073, maxLength: 3073 }),
    (bytes) => {
      try {
        expect(parseCifarBatch(bytes, { name, records: 1 }).labels[0]).toBeLessThan(10);
      } catch (error) {
        if (!isDataError(error)) throw error;
      }
    },
  );
});
