import { arrayDataset, type Dataset, imageDataset, subset, tokenStreams } from "@muir/data";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const everything = (dataset: Dataset) =>
  dataset.batch(Int32Array.from({ length: dataset.size }, (_, i) => i));

describe("symbols and classes", () => {
  test("are one more than the largest number of an array of whole ones", () => {
    const dataset = arrayDataset({
      name: "words",
      inputs: { shape: [2, 2], data: Int32Array.of(0, 4, 2, 1) },
      targets: { shape: [2], data: Uint8Array.of(9, 0) },
    });
    expect(dataset).toMatchObject({ symbols: 5, classes: 10 });
    expect(subset(dataset, [1])).toMatchObject({ symbols: 5, classes: 10 });
  });

  test("are not known of other numbers, nor of none", () => {
    const unknown = (data: Float32Array | Int32Array) =>
      arrayDataset({
        name: "numbers",
        inputs: { shape: [data.length], data },
        targets: { shape: [data.length], data },
      });
    for (const data of [Float32Array.of(1, 2), Int32Array.of(-1, 3), new Int32Array(0)]) {
      const dataset = unknown(data);
      expect(dataset).not.toHaveProperty("symbols");
      expect(dataset).not.toHaveProperty("classes");
      expect(subset(dataset, [])).not.toHaveProperty("symbols");
    }
  });

  test("of images are their labels", () => {
    const images = {
      shape: [2, 1, 1, 1] as const,
      pixels: Uint8Array.of(0, 255),
      labels: Uint8Array.of(1, 6),
      classes: [],
    };
    const dataset = imageDataset(images, { name: "images", mean: [0], deviation: [1] });
    expect(dataset.classes).toBe(7);
    expect(dataset).not.toHaveProperty("symbols");
  });

  const texts = fc.array(fc.nat({ max: 50 }), { minLength: 7, maxLength: 40 });
  law("of a text bound every word that is read, as tightly as can be", texts, (words) => {
    const dataset = tokenStreams(Int32Array.from(words), { name: "text", streams: 2, time: 3 });
    const { inputs, targets } = everything(dataset);
    expect(Math.max(...inputs.data)).toBeLessThan(dataset.symbols!);
    expect(Math.max(...targets.data)).toBeLessThan(dataset.classes!);
    expect(Math.max(...words)).toBe(dataset.symbols! - 1);
  });
});
