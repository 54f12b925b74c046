import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  type BankNumbers,
  blockNumbers,
  genericAndSpecific,
  numberStatistics,
  readBank,
} from "@muir/report";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bankFile, banks } from "./bank-tensors.js";
import { withFolder } from "./run-folder.js";

// two hypermodules of context size 2 and blocks of two numbers; three locations
const bank: BankNumbers = {
  modules: Float32Array.of(1, 2, 3, 4, /* module 1 */ 10, 20, 30, 40),
  contexts: Float32Array.of(1, 1, /* location 1 */ 2, 0, /* location 2 */ 0, -1),
  contextSize: 2,
  blockSize: 2,
  alignment: Int32Array.of(0, 0, 1),
};

describe("numberStatistics", () => {
  test("of four numbers can be worked out by hand", () => {
    expect(numberStatistics(Float32Array.of(1, -3, 1, 1))).toEqual({
      deviation: Math.sqrt(3),
      mean: 0,
      norm: Math.sqrt(12),
      maximum: 3,
    });
    expect(numberStatistics(new Float32Array())).toEqual({
      deviation: 0,
      mean: 0,
      norm: 0,
      maximum: 0,
    });
  });

  law(
    "norm, deviation and mean are sides of one triangle",
    fc.array(fc.float({ min: -100, max: 100, noNaN: true }), { minLength: 1 }),
    (numbers) => {
      const { deviation, mean, norm, maximum } = numberStatistics(Float32Array.from(numbers));
      expect(deviation ** 2 + mean ** 2).toBeCloseTo(norm ** 2 / numbers.length, 6);
      expect(maximum).toBe(Math.max(...numbers.map(Math.abs)));
    },
  );
});

describe("blockNumbers", () => {
  test("are the hypermodule times the context", () => {
    expect([...blockNumbers(bank, 0)]).toEqual([4, 6]);
    expect([...blockNumbers(bank, 1)]).toEqual([2, 4]);
    expect([...blockNumbers(bank, 2)]).toEqual([-30, -40]);
  });
});

describe("genericAndSpecific", () => {
  test("compares the hypermodules of several tasks with those of one", () => {
    const table = genericAndSpecific(bank, Int32Array.of(0, 1, 1));
    expect(table.map(({ of, statistic }) => `${of} ${statistic}`)).toEqual(
      ["hypermodules", "contexts", "blocks"].flatMap((of) =>
        ["deviation", "mean", "norm", "maximum"].map((statistic) => `${of} ${statistic}`),
      ),
    );
    expect(table[1]).toMatchObject({
      generic: { count: 1, mean: 2.5 },
      specific: { count: 1, mean: 25 },
      test: { u: 0, p: 1 },
    });
    expect(table[11]).toMatchObject({
      generic: { count: 2, mean: 5 },
      specific: { count: 1, mean: 40 },
    });
  });

  law("counts what is in use, and does not see the tasks' names", banks, ({ bank, taskOf }) => {
    const table = genericAndSpecific(bank, taskOf);
    for (const { of, generic, specific } of table) {
      const all = of === "hypermodules" ? new Set(bank.alignment).size : bank.alignment.length;
      expect(generic.count + specific.count).toBe(all);
    }
    expect(table.length).toBe(bank.contextSize === 0 ? 8 : 12);
    expect(
      genericAndSpecific(
        bank,
        taskOf.map((task) => 7 - task),
      ),
    ).toEqual(table);
  });

  test("refuses numbers that do not fit", () => {
    expect(() =>
      genericAndSpecific({ ...bank, contexts: new Float32Array(4) }, Int32Array.of(0, 1, 1)),
    ).toThrow(
      "genericAndSpecific: modules must be [K, 2, 2], contexts [3, 2] and taskOf [3]; got 8, 4 and 3 numbers.",
    );
  });
});

describe("readBank", () => {
  const within = <T>(
    files: Record<string, Uint8Array | string>,
    use: (folder: string) => Promise<T>,
  ) =>
    withFolder({}, async (folder) => {
      for (const [name, content] of Object.entries(files)) {
        await mkdir(dirname(join(folder, name)), { recursive: true });
        await writeFile(join(folder, name), content);
      }
      return use(folder);
    });

  law(
    "gives back what was written",
    banks,
    async ({ bank }) => {
      expect(
        await within({ "checkpoints/000012/best.safetensors": bankFile(bank) }, readBank),
      ).toEqual(bank);
    },
    { runs: 15 },
  );

  test("takes the newest checkpoint, its latest state where there is no better one, and nothing where there is none", async () => {
    const files = {
      "checkpoints/000012-search-end/latest.safetensors": bankFile(bank),
      "checkpoints/000002/best.safetensors": Buffer.alloc(3), // an older one
      "checkpoints/.000013.part/best.safetensors": Buffer.alloc(3), // not whole
    };
    expect(await within(files, readBank)).toEqual(bank);
    expect(await within({}, readBank)).toBeUndefined();
  });

  test("says which file is wrong", async () => {
    const whole = bankFile(bank);
    const read = (bytes: Uint8Array) =>
      within({ "checkpoints/000012/best.safetensors": bytes }, readBank);
    await expect(read(whole.subarray(0, whole.length - 4))).rejects.toThrow(
      /^readBank: .*best\.safetensors must be a checkpoint that a run wrote; got an end at byte \d+\. Restore the file/,
    );
    await expect(read(Buffer.alloc(8, 0xff))).rejects.toThrow(
      "a header of 18446744073709552000 bytes",
    );
    await expect(read(Buffer.alloc(3))).rejects.toThrow("got an end at byte 3");
  });
});
