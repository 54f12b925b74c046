import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { generationScalars, openEventFile, writeTensorBoard } from "@muir/report";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crc32c } from "../src/tensorboard/crc32c.js";
import { scalarEvent } from "../src/tensorboard/scalar-event.js";
import { tfRecord } from "../src/tensorboard/tf-record.js";
import { madeUpRun } from "./made-up-run.js";
import { readEventFile, slowCrc32c } from "./read-event-file.js";
import { runFiles, withFolder } from "./run-folder.js";
import { pages, runRecords } from "./run-records.js";

describe("crc32c", () => {
  test("is that of RFC 3720, B.4", () => {
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e);
    expect(crc32c(Buffer.from("123456789"))).toBe(0xe3069283);
  });

  law("is the remainder bit by bit", fc.uint8Array(), (bytes) => {
    expect(crc32c(bytes)).toBe(slowCrc32c(bytes));
  });
});

describe("scalarEvent", () => {
  law(
    "is read back by another library",
    fc.record({
      scalars: fc.dictionary(fc.string({ minLength: 1 }), fc.float({ noDefaultInfinity: true }), {
        maxKeys: 5,
        noNullPrototype: true,
      }),
      wallTime: fc.double({ min: 0, max: 1e10, noNaN: true }),
      step: fc.maxSafeNat(),
    }),
    ({ scalars, wallTime, step }) => {
      const bytes = tfRecord(scalarEvent(Object.entries(scalars), { wallTime, step }));
      expect(readEventFile(bytes)).toEqual([{ wallTime, step, scalars }]);
    },
  );
});

describe("generationScalars", () => {
  test("names each task's, and each of a stack's", () => {
    const [record] = madeUpRun({ size: "small", generations: 1 }).generations;
    const two = {
      metric: "rmse",
      trainLoss: [1, 2],
      validationLoss: [3, 4],
      validationMetric: [5, 6],
    };
    const tasks = { lenet: record!.tasks["lenet"]!, linear: two };
    expect(generationScalars({ ...record!, tasks }).map(([tag]) => tag)).toEqual([
      "validation_loss/lenet",
      "validation_accuracy/lenet",
      "train_loss/lenet",
      "validation_loss/linear[0]",
      "validation_rmse/linear[0]",
      "train_loss/linear[0]",
      "validation_loss/linear[1]",
      "validation_rmse/linear[1]",
      "train_loss/linear[1]",
      "loss/train",
      "loss/validation",
      "search/active_modules",
      "search/changed_locations",
      "size/parameters",
      "time/step_milliseconds",
    ]);
  });
});

describe("writeTensorBoard and openEventFile", () => {
  law(
    "write every generation as a step, the same of a run that ended as of one that goes on",
    runRecords(),
    (run) =>
      withFolder(runFiles(run), async (folder) => {
        let seconds = 1000;
        const live = openEventFile(join(folder, "live"), { now: () => seconds++ });
        for (const record of run.generations) live.append(record);
        live.close();
        const [first, ...events] = readEventFile(await readFile(live.path));
        expect(first).toEqual({
          wallTime: 1000,
          step: 0,
          fileVersion: "brain.Event:2",
          scalars: {},
        });
        expect(events.map(({ step }) => step)).toEqual(run.generations.map((g) => g.generation));
        events.forEach(({ scalars, wallTime }, i) => {
          expect(wallTime).toBe(1001 + i);
          const expected = generationScalars(run.generations[i]!);
          expect(scalars).toEqual(
            Object.fromEntries(expected.map(([tag, x]) => [tag, Math.fround(x)])),
          );
        });
        const [begin, ...after] = readEventFile(await readFile(await writeTensorBoard(folder)));
        expect(begin!.fileVersion).toBe("brain.Event:2");
        expect(after.map(({ step, scalars }) => [step, scalars])).toEqual(
          events.map(({ step, scalars }) => [step, scalars]),
        );
        const times = after.map(({ wallTime }) => wallTime);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      }),
    pages,
  );

  test("replace what was there, and leave other files", async () => {
    const run = madeUpRun({ size: "small", generations: 2 });
    await withFolder(runFiles(run), async (folder) => {
      const live = openEventFile(join(folder, "tensorboard"));
      live.append(run.generations[0]!);
      live.close();
      await writeFile(join(folder, "tensorboard", "events.out.tfevents.1.mine"), "mine");
      await writeTensorBoard(folder);
      const path = await writeTensorBoard(folder);
      expect(await readdir(join(folder, "tensorboard"))).toEqual([
        "events.out.tfevents.0.muir",
        "events.out.tfevents.1.mine",
      ]);
      expect(readEventFile(await readFile(path)).length).toBe(3);
    });
  });

  test("write nothing where the folder is no run", async () => {
    await withFolder({}, async (folder) => {
      await expect(writeTensorBoard(folder)).rejects.toThrow("must hold a config.json");
      expect(await readdir(folder)).toEqual([]);
    });
  });
});
