import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Dataset,
  formatNpy,
  isDataError,
  kangRegression,
  type RegressionData,
  regressionSplits,
  type Splits,
} from "@muir/data";
import { readRegressionFolder, writeRegressionFolder } from "@muir/data/node";
import { createRandom } from "@muir/random";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "muir-data-"));
});
afterAll(() => rm(root, { recursive: true }));

let folders = 0;
const newFolder = () => join(root, String(folders++));

const small = { groups: 2, tasksPerGroup: 2, inputs: 3, train: 3, validation: 2, test: 4 };
const drawn = (noiseVariance = 0.1, seed = 7) =>
  kangRegression({ ...small, noiseVariance, random: createRandom(seed) });
async function written(data: RegressionData = drawn().data): Promise<string> {
  const dir = newFolder();
  await writeRegressionFolder(dir, data);
  return dir;
}

const contents = ({ name, size, tasks, inputShape, targetShape, batch }: Dataset) => ({
  ...{ name, size, tasks, inputShape, targetShape },
  ...batch(Int32Array.from({ length: size }, (_, i) => i)),
});
const allContents = ({ train, validation, test }: Splits) =>
  [train, validation, test].map(contents);

/** What reading `dir` is rejected with; checks that it is a DataError of one line. */
async function problem(dir: string, options: Parameters<typeof readRegressionFolder>[1] = {}) {
  const error = await readRegressionFolder(dir, { validation: 2, ...options }).catch((e) => e);
  if (!isDataError(error)) throw error;
  expect(error.message).not.toMatch(/[\n\r]/);
  return error.message.replaceAll(dir, "DIR").replaceAll("\\", "/");
}

describe("readRegressionFolder", () => {
  test("gives the splits that were written, clean and noisy, whatever the sizes", async () => {
    const sizes = fc.record({
      groups: fc.integer({ min: 1, max: 2 }),
      tasksPerGroup: fc.integer({ min: 1, max: 3 }),
      inputs: fc.integer({ min: 1, max: 4 }),
      train: fc.integer({ min: 1, max: 3 }),
      validation: fc.integer({ min: 1, max: 3 }),
      test: fc.integer({ min: 1, max: 3 }),
      noisy: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(sizes, async ({ noisy, ...given }) => {
        const random = createRandom(1);
        const { data, splits } = kangRegression({ ...given, random, noiseVariance: +noisy });
        const options = { name: "kang", noisy, validation: given.validation };
        const read = await readRegressionFolder(await written(data), options);
        expect(allContents(read)).toEqual(allContents(splits));
      }),
      { numRuns: 30 },
    );
  });

  test("gives the clean targets of a folder that has noisy ones too", async () => {
    const { data } = drawn();
    const read = await readRegressionFolder(await written(data), { name: "kang", validation: 2 });
    expect(allContents(read)).toEqual(allContents(drawn(0).splits));
  });

  test("reads float64 and calls the datasets after the folder", async () => {
    const { data } = drawn();
    const dir = await written(data);
    const wide = { ...data.trainInputs, data: Float64Array.from(data.trainInputs.data) };
    await writeFile(join(dir, "train_X.npy"), formatNpy(wide));
    const name = dir.slice(root.length + 1);
    const read = await readRegressionFolder(`${dir}/`, { validation: 2 });
    expect(allContents(read)).toEqual(allContents(regressionSplits(data, { name, validation: 2 })));
  });

  test("rejects a folder that is not there, or is a file", async () => {
    expect(await problem(newFolder())).toBe(
      "DIR: no such folder. Give a folder that holds train_X.npy, train_Y.npy, test_X.npy and test_Y.npy.",
    );
    const file = newFolder();
    await writeFile(file, "");
    expect(await problem(file)).toContain("DIR: not a folder.");
  });

  test.each(["train_X.npy", "train_Y.npy", "test_X.npy", "test_Y.npy"])(
    "rejects a folder without %s",
    async (file) => {
      const dir = await written();
      await rm(join(dir, file));
      expect(await problem(dir)).toContain(`DIR/${file}: missing.`);
    },
  );

  test("rejects a folder without the noisy targets asked for", async () => {
    const dir = await written(drawn(0).data);
    expect(await problem(dir, { noisy: true })).toContain("DIR/noisy_train_Y.npy: missing.");
  });

  test("rejects a file that is a folder", async () => {
    const dir = await written();
    await rm(join(dir, "test_Y.npy"));
    await mkdir(join(dir, "test_Y.npy"));
    expect(await problem(dir)).toContain("DIR/test_Y.npy: cannot be read (EISDIR).");
  });

  test("rejects a truncated file, naming both lengths", async () => {
    const dir = await written();
    const path = join(dir, "test_X.npy");
    await writeFile(path, (await readFile(path)).subarray(0, 200));
    expect(await problem(dir)).toBe(
      "DIR/test_X.npy: truncated: shape [4,4,3] of <f4 takes 320 bytes; got 200. Copy or save the file again.",
    );
  });

  test("rejects shapes that do not agree, naming both files", async () => {
    const dir = await written();
    const targets = { shape: [4, 6], data: new Float32Array(24) };
    await writeFile(join(dir, "noisy_train_Y.npy"), formatNpy(targets));
    expect(await problem(dir, { noisy: true })).toBe(
      "DIR/noisy_train_Y.npy: shape [4,6] must have the 5 samples of DIR/train_X.npy, whose shape is [4,5,3]; got 6. Save both from the same data.",
    );
  });

  test("rejects NaN, naming its place", async () => {
    const dir = await written();
    const data = drawn().data.testTargets.data.with(7, Number.NaN);
    await writeFile(join(dir, "test_Y.npy"), formatNpy({ shape: [4, 4], data }));
    expect(await problem(dir)).toBe(
      "DIR/test_Y.npy: every value must be finite; got NaN at [1, 3] (task, sample). Replace it or leave that sample out.",
    );
  });

  test("rejects a folder of no tasks", async () => {
    const dir = await written();
    const none = { shape: [0, 5, 3], data: new Float32Array() };
    await writeFile(join(dir, "train_X.npy"), formatNpy(none));
    expect(await problem(dir)).toContain("DIR/train_X.npy: there must be at least one task");
  });

  test("rejects a validation split that leaves nothing to train on", async () => {
    expect(await problem(await written(), { validation: 5 })).toBe(
      "DIR/train_X.npy: its 5 samples a task leave none to train on when 5 validate. Lower validation to at most 4, or add samples.",
    );
  });
});

describe("writeRegressionFolder", () => {
  test("writes one file an array, and nothing else", async () => {
    expect((await readdir(await written(drawn(0).data))).sort()).toEqual([
      "test_X.npy",
      "test_Y.npy",
      "train_X.npy",
      "train_Y.npy",
    ]);
    expect(await readdir(await written())).toHaveLength(6);
  });

  test("refuses to replace files unless forced", async () => {
    const dir = await written();
    const before = await readFile(join(dir, "train_X.npy"));
    const other = drawn(0, 8).data;
    await expect(writeRegressionFolder(dir, other)).rejects.toThrow(
      `${join(dir, "train_X.npy")}: already there. Name another folder, or set force to replace it.`,
    );
    expect(await readFile(join(dir, "train_X.npy"))).toEqual(before);
    await writeFile(join(dir, "notes.txt"), "mine");
    await writeRegressionFolder(dir, other, { force: true });
    const read = await readRegressionFolder(dir, { name: "kang", validation: 2 });
    expect(allContents(read)).toEqual(allContents(drawn(0, 8).splits));
    // noisy targets of the old data beside new inputs would be a trap; the user's file is theirs
    expect(await readdir(dir)).toHaveLength(5);
    expect(await readFile(join(dir, "notes.txt"), "utf8")).toBe("mine");
  });

  test("writes nothing when the data is not what the reader accepts", async () => {
    const dir = newFolder();
    const data = { ...drawn().data, testTargets: { shape: [4], data: new Float32Array(4) } };
    await expect(writeRegressionFolder(dir, data)).rejects.toThrow(
      "testTargets: the shape must be",
    );
    await expect(readdir(dir)).rejects.toThrow("ENOENT");
  });

  test("names a folder it cannot write, and leaves no temporary file", async () => {
    const file = newFolder();
    await writeFile(file, "");
    await expect(writeRegressionFolder(file, drawn().data)).rejects.toThrow(
      `${file}: cannot be written (EEXIST).`,
    );
    const dir = newFolder();
    await mkdir(join(dir, "test_X.npy", "in the way"), { recursive: true });
    const forced = writeRegressionFolder(dir, drawn().data, { force: true });
    await expect(forced).rejects.toThrow(`${dir}: cannot be written (`);
    expect((await readdir(dir)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});
