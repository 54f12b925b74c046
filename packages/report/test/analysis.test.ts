import {
  genericModules,
  locationLayers,
  locationTasks,
  moduleHistories,
  modulesByTasks,
  type RunRecord,
  replacementsIn,
  sharingMatrix,
} from "@muir/report";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

/** A run of tasks that are not stacked: one letter a location names its task. */
function runOf(tasks: string, ...alignments: number[][]): RunRecord {
  const oneTask = { metric: "rmse", trainLoss: [1], validationLoss: [1], validationMetric: [1] };
  const names = [...new Set(tasks)];
  return {
    config: {
      experiment: "e",
      variant: "v",
      method: "muir",
      seed: 1,
      locations: tasks.length,
      modules: Math.max(...alignments.flat()) + 1,
      locationNames: [...tasks].map((task, i) => `${task}/fc${Math.floor(i / 2)}[0] (0, ${i})`),
      originalParameters: 1,
    },
    generations: alignments.slice(1).map((_, i) => ({
      generation: i + 1,
      phase: "search",
      trainLoss: 1,
      validationLoss: 1,
      tasks: Object.fromEntries(names.map((name) => [name, oneTask])),
      activeModules: 1,
      changedLocations: 0,
      parameters: 1,
      best: false,
      stepMilliseconds: 1,
    })),
    alignments: Int32Array.from(alignments.flat()),
  };
}

const runs = fc
  .record({
    tasks: fc.array(fc.constantFrom(..."abcdefg"), { minLength: 1, maxLength: 12 }),
    rows: fc.array(fc.array(fc.nat(5), { minLength: 12, maxLength: 12 }), {
      minLength: 1,
      maxLength: 5,
    }),
  })
  .map(({ tasks, rows }) =>
    runOf(tasks.join(""), ...rows.map((row) => row.slice(0, tasks.length))),
  );

const rowOf = ({ config, alignments }: RunRecord, row: number) =>
  [...alignments].slice(row * config.locations, (row + 1) * config.locations);
const rowsOf = ({ config, alignments }: RunRecord) => alignments.length / config.locations;

describe("modulesByTasks", () => {
  test("tells apart the sets of a few tasks", () => {
    const record = runOf("aab", [0, 1, 2], [0, 1, 0], [1, 1, 1]);
    expect(modulesByTasks(record)).toEqual([
      { label: "a", tasks: [1, 1], counts: Int32Array.of(2, 1, 0) },
      { label: "b", tasks: [1, 1], counts: Int32Array.of(1, 0, 0) },
      { label: "a + b", tasks: [2, 2], counts: Int32Array.of(0, 1, 1) },
    ]);
  });

  test("tells apart the sizes of sets of many tasks", () => {
    const record = runOf("abcdef", [0, 0, 0, 0, 1, 2], [0, 0, 0, 0, 0, 0]);
    expect(modulesByTasks(record)).toEqual([
      { label: "1 task", tasks: [1, 1], counts: Int32Array.of(2, 0) },
      { label: "3 to 4 tasks", tasks: [3, 4], counts: Int32Array.of(1, 0) },
      { label: "5 to 6 tasks", tasks: [5, 6], counts: Int32Array.of(0, 1) },
    ]);
  });

  law("counts each hypermodule in use once, by its tasks", runs, (record) => {
    const found = modulesByTasks(record);
    for (let row = 0; row < rowsOf(record); row++) {
      const alignment = rowOf(record, row);
      const sizes = [...new Set(alignment)].map(
        (module) =>
          new Set(
            record.config.locationNames!.filter((_, l) => alignment[l] === module).map(taskOf),
          ).size,
      );
      for (const [least, most] of new Set(found.map(({ tasks }) => tasks))) {
        const counted = found
          .filter(({ tasks }) => tasks[0] === least && tasks[1] === most)
          .reduce((sum, { counts }) => sum + counts[row]!, 0);
        expect(counted).toBe(sizes.filter((size) => size >= least && size <= most).length);
      }
      expect(found.reduce((sum, { counts }) => sum + counts[row]!, 0)).toBe(sizes.length);
    }
  });

  test("says nothing of a run that does not name its locations", () => {
    const { config, ...rest } = runOf("ab", [0, 1]);
    const { locationNames: _, ...unnamed } = config;
    expect(modulesByTasks({ ...rest, config: unnamed })).toEqual([]);
    expect(sharingMatrix({ ...rest, config: unnamed })).toBeUndefined();
  });
});

const taskOf = (name: string) => name.split("/")[0]!;
const layerOf = (name: string) => name.split("[")[0]!;

describe("sharingMatrix", () => {
  test("is 1 everywhere where all locations share one hypermodule", () => {
    const { layers, ratios, chance } = sharingMatrix(runOf("aabb", [3, 3, 3, 3]))!;
    expect(layers).toEqual([
      { name: "a/fc0", locations: 2 },
      { name: "b/fc1", locations: 2 },
    ]);
    expect([...ratios]).toEqual([1, 1, 1, 1]);
    expect(chance).toBe(1);
  });

  test("tells who shares from who does not", () => {
    const { ratios, chance } = sharingMatrix(runOf("aabbcc", [0, 0, 1, 2, 1, 2]))!;
    expect(chance).toBeCloseTo(3 / 15, 12); // of 15 pairs 3 are together
    expect([...ratios].map((ratio) => Math.round(ratio * 1000) / 1000)).toEqual([
      5,
      0,
      0, // a with itself: its only pair
      0,
      0,
      2.5, // b and c: 2 of 4 pairs
      0,
      2.5,
      0,
    ]);
  });

  law("is the share of pairs together over that of all pairs", runs, (record) => {
    const { layers, ratios, chance } = sharingMatrix(record)!;
    const alignment = rowOf(record, rowsOf(record) - 1);
    const names = record.config.locationNames!;
    const share = (of: (a: number, b: number) => boolean) => {
      const pairs = alignment.flatMap((_, a) =>
        alignment.flatMap((_, b) => (a !== b && of(a, b) ? [[a, b]] : [])),
      );
      return pairs.filter(([a, b]) => alignment[a!] === alignment[b!]).length / pairs.length;
    };
    const overall = alignment.length > 1 ? share(() => true) : 0;
    expect(chance).toBeCloseTo(overall, 12);
    layers.forEach(({ name: one }, i) => {
      layers.forEach(({ name: other }, j) => {
        const expected =
          share((a, b) => layerOf(names[a]!) === one && layerOf(names[b]!) === other) / overall;
        expect(ratios[i * layers.length + j]).toBeOneOf([expect.closeTo(expected, 9), Number.NaN]);
        expect(ratios[i * layers.length + j]!).toBe(ratios[j * layers.length + i]!);
      });
    });
  });
});

describe("replacementsIn and moduleHistories", () => {
  const record = runOf("aabb", [0, 1, 2, 3], [0, 0, 2, 2], [0, 0, 0, 2]);

  test("say which hypermodule replaced which, and where", () => {
    expect(replacementsIn(record, 1)).toEqual([
      { from: 1, to: 0, locations: [1] },
      { from: 3, to: 2, locations: [3] },
    ]);
    expect(replacementsIn(record, 2)).toEqual([{ from: 2, to: 0, locations: [2] }]);
    expect(() => replacementsIn(record, 3)).toThrow(
      "replacementsIn: generation must be a whole number from 1 to 2; got 3.",
    );
  });

  test("tell the life of each", () => {
    const [first, second] = moduleHistories(record);
    expect(first).toEqual({
      module: 0,
      atStart: 1,
      most: 3,
      atEnd: 3,
      first: 0,
      last: 2,
      tookFrom: [
        { module: 1, times: 1 },
        { module: 2, times: 1 },
      ],
      lostTo: [],
    });
    expect(second).toMatchObject({
      module: 2,
      atEnd: 1,
      most: 2,
      lostTo: [{ module: 0, times: 1 }],
    });
    expect(moduleHistories(record).map(({ module }) => module)).toEqual([0, 2, 1, 3]);
  });

  law("following all replacements leads from the start to the end", runs, (run) => {
    const alignment = rowOf(run, 0);
    for (let generation = 1; generation < rowsOf(run); generation++) {
      for (const { from, to, locations } of replacementsIn(run, generation)) {
        for (const location of locations) {
          expect(alignment[location]).toBe(from);
          alignment[location] = to;
        }
      }
      expect(alignment).toEqual(rowOf(run, generation));
    }
  });

  law("what a hypermodule took and lost is what it has more at the end", runs, (run) => {
    const times = (exchanges: readonly { times: number }[]) =>
      exchanges.reduce((sum, exchange) => sum + exchange.times, 0);
    for (const history of moduleHistories(run)) {
      const gained = times(history.tookFrom) - times(history.lostTo);
      expect(history.atEnd - history.atStart).toBe(gained);
      const uses = Array.from(
        { length: rowsOf(run) },
        (_, row) => rowOf(run, row).filter((module) => module === history.module).length,
      );
      expect([history.most, history.atStart, history.atEnd]).toEqual([
        Math.max(...uses),
        uses[0],
        uses.at(-1),
      ]);
      expect(history.first).toBe(uses.findIndex((count) => count > 0));
      expect(history.last).toBe(uses.findLastIndex((count) => count > 0));
    }
  });
});

describe("what locations belong to", () => {
  test("is the model and its parameter, or, where tasks are stacked, the matrix", () => {
    const record = runOf("aab", [0, 1, 2], [0, 1, 2]);
    expect(locationTasks(record)).toEqual({ names: ["a", "b"], of: Int32Array.of(0, 0, 1) });
    expect(locationLayers(record)!.names).toEqual(["a/fc0", "b/fc1"]);
    const [generation] = record.generations;
    const two = { ...generation!.tasks["a"]!, validationLoss: [1, 1] };
    const stacked = { ...record, generations: [{ ...generation!, tasks: { a: two } }] };
    expect(locationTasks(stacked)!.names).toEqual(["a[0]", "b"]);
    expect(locationLayers(stacked)!.names).toEqual(["a/fc0[0]", "b/fc1"]);
  });

  law("makes a hypermodule generic where two tasks use it", runs, (record) => {
    const { of } = locationTasks(record)!;
    const alignment = Int32Array.from(rowOf(record, 0));
    const generic = genericModules(alignment, of);
    expect([...generic.keys()].sort()).toEqual([...new Set(alignment)].sort());
    for (const [module, isGeneric] of generic) {
      const tasks = new Set(of.filter((_, location) => alignment[location] === module));
      expect(isGeneric).toBe(tasks.size > 1);
    }
  });
});
