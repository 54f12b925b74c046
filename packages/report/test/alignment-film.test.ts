import { alignmentFilm, type RunRecord } from "@muir/report";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { filmPicture } from "./film-picture.js";
import { figures, runRecords, widths } from "./run-records.js";
import { expectWellFormed } from "./well-formed.js";

const small: RunRecord = {
  config: {
    experiment: "synthetic",
    variant: "clean",
    method: "muir",
    seed: 7,
    locations: 3,
    modules: 3,
    groups: [1, 0, 1],
    originalParameters: 60,
  },
  generations: [],
  // prettier-ignore
  alignments: Int32Array.of(0, 1, 2, /* generation 1 */ 0, 1, 0),
};

/** The location of each column: by group, then as they are. */
function columnsOf({ config }: RunRecord): number[] {
  const locations = Array.from({ length: config.locations }, (_, i) => i);
  const groups = config.groups ?? locations.map(() => 0);
  return [...new Set(groups)]
    .sort((a, b) => a - b)
    .flatMap((group) => locations.filter((location) => groups[location] === group));
}

describe("alignmentFilm", () => {
  test("draws a row for each generation and a column for each location, by group", () => {
    const { width, height, pixels } = filmPicture(alignmentFilm(small));
    expect([width, height]).toEqual([3, 2]);
    const [a, b, c] = pixels; // locations 1, 0, 2 use 1, 0, 2
    expect(pixels.slice(3)).toEqual([a, b, b]);
    expect(new Set([a, b, c]).size).toBe(3);
  });

  test("labels the true groups with the hypermodule they came to use", () => {
    const svg = alignmentFilm(small);
    for (const text of ["group 0", "group 1", "hypermodule 1", "hypermodule 0", "start"]) {
      expect(svg).toContain(`>${text}<`);
    }
    expect(svg).toContain("3 locations come to share 2 hypermodules");
  });

  test("divides the columns by model where no groups are known", () => {
    const { groups: _, ...config } = small.config;
    const locationNames = ["lenet/conv2[0]", "lenet/conv2[1]", "lstm/kernel[0]"];
    const svg = alignmentFilm({ ...small, config: { ...config, locationNames } });
    expect(svg).toContain(">lenet<");
    expect(svg).toContain(">lstm<");
  });

  law(
    "gives each hypermodule one colour and no two the same",
    runRecords({ fewestLocations: 1 }),
    (record) => {
      const through = record.generations.length;
      const { width, height, pixels } = filmPicture(alignmentFilm(record, { through }));
      const columns = columnsOf(record);
      expect([width, height]).toEqual([columns.length, through + 1]);
      const colourOf = new Map<number, string>();
      pixels.forEach((colour, i) => {
        const row = Math.floor(i / width);
        const module = record.alignments[row * width + columns[i % width]!]!;
        expect(colourOf.get(module) ?? colour).toBe(colour);
        colourOf.set(module, colour);
      });
      expect(new Set(colourOf.values()).size).toBe(colourOf.size);
    },
  );

  law(
    "shows true cells, every n-th, where there are more than fit",
    fc.tuple(runRecords({ fewestLocations: 1 }), fc.integer({ min: 1, max: 10 })),
    ([record, maximumPixels]) => {
      const through = record.generations.length;
      const whole = filmPicture(alignmentFilm(record, { through }));
      const cut = filmPicture(alignmentFilm(record, { through, maximumPixels }));
      const columnStep = Math.ceil(whole.width / maximumPixels);
      const rowStep = Math.ceil(whole.height / maximumPixels);
      expect(cut.width).toBe(Math.ceil(whole.width / columnStep));
      expect(cut.height).toBe(Math.ceil(whole.height / rowStep));
      cut.pixels.forEach((colour, i) => {
        const row = Math.floor(i / cut.width) * rowStep;
        const column = (i % cut.width) * columnStep;
        expect(colour).toBe(whole.pixels[row * whole.width + column]);
      });
    },
  );

  law(
    "leaves out only a still end",
    fc.tuple(runRecords({ fewestLocations: 1 }), fc.integer({ min: 0, max: 40 })),
    ([record, stillRows]) => {
      const last = record.alignments.slice(-record.config.locations);
      const still = Array.from({ length: stillRows }, () => [...last]).flat();
      const longer = { ...record, alignments: Int32Array.of(...record.alignments, ...still) };
      const all = filmPicture(alignmentFilm(longer, { through: 1000 }));
      const cut = filmPicture(alignmentFilm(longer));
      expect(all.pixels.slice(0, cut.pixels.length)).toEqual(cut.pixels);
      const end = cut.pixels.slice(-cut.width);
      for (let at = cut.pixels.length; at < all.pixels.length; at += all.width) {
        expect(all.pixels.slice(at, at + all.width)).toEqual(end);
      }
    },
  );

  law(
    "is well-formed at any width",
    fc.tuple(runRecords({ fewestLocations: 1 }), widths),
    ([record, width]) => expectWellFormed(alignmentFilm(record, { width })),
    figures,
  );

  test("draws 10,857 locations over 1,000 generations in under 3 s and 2 MB", () => {
    const locations = 10_857;
    const alignments = new Int32Array(locations * 1001);
    for (let i = 0; i < locations; i++) alignments[i] = i;
    // each generation a quarter of the locations copies another: far livelier than a real search
    let state = 1;
    for (let row = 1; row <= 1000; row++) {
      alignments.copyWithin(row * locations, (row - 1) * locations, row * locations);
      for (let k = 0; k < locations / 4; k++) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        const from = (row - 1) * locations + (state % locations);
        alignments[row * locations + ((state >>> 7) % locations)] = alignments[from]!;
      }
    }
    const config = { ...small.config, locations, modules: locations };
    const { groups: _, ...ungrouped } = config;
    const before = performance.now();
    const svg = alignmentFilm({ config: ungrouped, generations: [], alignments });
    expect(performance.now() - before).toBeLessThan(3000);
    expect(svg.length).toBeLessThan(2_000_000);
    const { width, height } = filmPicture(svg);
    expect(Math.max(width, height)).toBeLessThanOrEqual(2000);
  });

  test("keeps the first ten colours apart for every kind of colour blindness", () => {
    const config = { ...small.config, locations: 10, modules: 10, groups: Array(10).fill(0) };
    const alignments = Int32Array.from({ length: 10 }, (_, i) => i);
    const { pixels } = filmPicture(alignmentFilm({ config, generations: [], alignments }));
    for (const [kind, matrix] of Object.entries(colourBlindness)) {
      const seen = pixels.map((colour) => oklab(matrix, colour));
      seen.forEach((a, i) => {
        for (const b of seen.slice(0, i)) {
          const distance = Math.hypot(...a.map((part, axis) => part - b[axis]!));
          expect(distance, kind).toBeGreaterThan(0.09);
        }
      });
    }
  });

  test("refuses what it cannot draw", () => {
    const nothing = { ...small, config: { ...small.config, locations: 0 } };
    expect(() => alignmentFilm({ ...nothing, alignments: new Int32Array() })).toThrow(
      "alignmentFilm: the run must have locations and at least one alignment; got 0 locations, 0 alignments. Independent training shares nothing: draw learningCurves instead.",
    );
    expect(() => alignmentFilm(small, { width: 100 })).toThrow(
      "alignmentFilm: width must be a finite number of at least 240 pixels; got 100.",
    );
    expect(() => alignmentFilm(small, { through: -1 })).toThrow(
      "alignmentFilm: through must be a whole number of at least 0; got -1.",
    );
    expect(() => alignmentFilm(small, { maximumPixels: 0.5 })).toThrow(
      "alignmentFilm: maximumPixels must be a whole number of at least 1; got 0.5.",
    );
  });
});

// Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB
const colourBlindness = {
  none: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [
    0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998,
  ],
  deuteranopia: [
    0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881,
  ],
  tritanopia: [
    1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039,
  ],
};

function oklab(matrix: readonly number[], colour: string): [number, number, number] {
  const linear = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const [r, g, b] = [0, 3, 6].map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        linear.reduce((sum, part, i) => sum + matrix[row + i]! * part, 0),
      ),
    ),
  ) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}
