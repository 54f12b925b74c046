import { createHash } from "node:crypto";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assertLaw } from "@muir/test-kit";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import {
  type CheckpointFolder,
  openCheckpointFolder,
} from "../../src/run/checkpoint/checkpoint-folder.js";
import { temporaryFolder } from "../muir.js";
import { another, checkpoint, checkpoints, run } from "./checkpoints.js";

/** A folder and what it said. */
function opened() {
  const path = temporaryFolder();
  const said: string[] = [];
  return { path, said, folder: openCheckpointFolder(path, { say: (line) => said.push(line) }) };
}

const write = (folder: CheckpointFolder, which = checkpoint, endsSearch = false) =>
  folder.write({ checkpoint: which, run, endsSearch });

/** Two checkpoints, of which the newest is to be damaged. */
async function two() {
  const { path, said, folder } = opened();
  await write(folder, another);
  await write(folder);
  return { path, said, folder, newest: join(path, "000002") };
}

/** Writes a manifest with other words, and checksums that agree with it. */
function forgeManifest(folder: string, change: (text: string) => string): void {
  const [manifest, sums] = ["manifest.json", "SHA256SUMS"].map((name) => join(folder, name));
  const old = readFileSync(manifest!, "utf8");
  const [before, after] = [old, change(old)].map((text) =>
    createHash("sha256").update(text).digest("hex"),
  );
  writeFileSync(manifest!, change(old));
  writeFileSync(sums!, readFileSync(sums!, "utf8").replace(before!, after!));
}

describe("a folder of checkpoints", () => {
  test("gives back what was written, whatever it is", async () => {
    await assertLaw(
      checkpoints,
      async (checkpoint) => {
        const { folder, said } = opened();
        await write(folder, checkpoint);
        const read = await folder.newest();
        expect(read).toEqual({ checkpoint, run, name: "000001" });
        expect(said).toEqual([]);
      },
      { runs: 8 },
    );
  });

  test("keeps the two newest, and the one that ended the search", async () => {
    const { path, folder } = opened();
    for (let i = 0; i < 5; i++) await write(folder, checkpoint, i === 1);
    expect(readdirSync(path).sort()).toEqual(["000002-search-end", "000004", "000005"]);
    await write(folder, checkpoint, true);
    await write(folder);
    expect(readdirSync(path).sort()).toEqual(["000006-search-end", "000007"]);
  });

  test("has files whose checksums other programs can compare", async () => {
    const { newest } = await two();
    const lines = readFileSync(join(newest, "SHA256SUMS"), "utf8").trimEnd().split("\n");
    const names = lines.map((line) => {
      const [sum, name] = line.split("  ") as [string, string];
      const bytes = readFileSync(join(newest, name));
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(sum);
      return name;
    });
    expect([...names, "SHA256SUMS"].sort()).toEqual(readdirSync(newest).sort());
  });

  test("does not take an unfinished one for a checkpoint, and tidies it away", async () => {
    const { path, folder } = opened();
    mkdirSync(join(path, ".part-000001"));
    await expect(folder.newest()).rejects.toThrow("must hold a whole checkpoint; it holds none");
    await write(folder);
    mkdirSync(join(path, ".part-000002"));
    await folder.tidy();
    expect(readdirSync(path)).toEqual(["000001"]);
  });
});

describe("a newest checkpoint that is damaged", () => {
  const files = ["SHA256SUMS", "manifest.json", "latest.safetensors", "best.safetensors"];
  const places = fc.record({
    file: fc.constantFrom(...files),
    // the start holds a length and a header, the end numbers
    place: fc.oneof(fc.integer({ min: 0, max: 7 }), fc.nat(), fc.integer({ min: -8, max: -1 })),
    bits: fc.integer({ min: 1, max: 255 }),
  });

  let whole: Promise<string> | null = null;
  /** A copy of one and the same folder: what is written is flushed to the disk, and that takes time. */
  async function copyOfTwo() {
    whole ??= two().then(({ path }) => {
      const kept = mkdtempSync(join(tmpdir(), "muir-two-"));
      cpSync(path, kept, { recursive: true });
      return kept;
    });
    const { path, ...rest } = opened();
    cpSync(await whole, path, { recursive: true });
    return { ...rest, newest: join(path, "000002") };
  }
  afterAll(async () => {
    if (whole) rmSync(await whole, { recursive: true });
  });

  /** @param damage returns what must be named. */
  async function expectPrevious(damage: (newest: string) => string) {
    const { said, folder, newest } = await copyOfTwo();
    const names = damage(newest);
    expect(await folder.newest()).toEqual({ checkpoint: another, run, name: "000001" });
    expect(said).toHaveLength(1);
    expect(said[0]).toContain("checkpoint 000002 cannot be used, trying 000001 instead: ");
    expect(said[0]).toContain(names);
    return { folder, said };
  }

  test("in any byte of any file is found, named, and the previous one used", async () => {
    await assertLaw(
      places,
      async ({ file, place, bits }) => {
        await expectPrevious((newest) => {
          const bytes = readFileSync(join(newest, file));
          const at = ((place % bytes.length) + bytes.length) % bytes.length;
          bytes[at] = bytes[at]! ^ bits;
          writeFileSync(join(newest, file), bytes);
          return file === "SHA256SUMS" ? "" : file;
        });
      },
      { runs: 24 },
    );
  });

  test("by ending early is found, at any length", async () => {
    await assertLaw(
      fc.tuple(fc.constantFrom(...files), fc.double({ min: 0, max: 0.999, noNaN: true })),
      async ([file, share]) => {
        await expectPrevious((newest) => {
          const path = join(newest, file);
          truncateSync(path, Math.floor(share * statSync(path).size));
          return file === "SHA256SUMS" ? "" : file;
        });
      },
      { runs: 8 },
    );
  });

  test.each(files)("by lacking %s is found", async (file) => {
    await expectPrevious((newest) => {
      rmSync(join(newest, file));
      return file;
    });
  });

  test("does not count as one that is kept", async () => {
    const { folder, said } = await expectPrevious((newest) => {
      rmSync(join(newest, "manifest.json"));
      return "manifest.json";
    });
    await write(folder);
    await write(folder);
    expect((await folder.newest()).name).toBe("000003");
    expect(said).toHaveLength(1);
  });

  test("together with the one before leaves none", async () => {
    const { said, folder, newest } = await two();
    for (const name of [newest, newest.replace("000002", "000001")]) {
      rmSync(join(name, "manifest.json"));
    }
    await expect(folder.newest()).rejects.toThrow("must hold a whole checkpoint; it holds none");
    expect(said[1]).toContain("checkpoint 000001 cannot be used, there is no earlier one");
  });

  test("by naming a file outside of it is found", async () => {
    await expectPrevious((newest) => {
      const sums = join(newest, "SHA256SUMS");
      writeFileSync(sums, `${readFileSync(sums, "utf8")}${"0".repeat(64)}  ../../passwords\n`);
      return "line 4";
    });
  });
});

describe("a checkpoint of another version", () => {
  test.each([
    [3, "its format has version 3; this muir reads 2. Use the muir that wrote it, or a newer one."],
    [1, "its format has version 1; this muir reads 2. It cannot be gone on from."],
    ["x", 'its format has version "x"; this muir reads 2. It cannot be gone on from.'],
  ])("%s is refused, and no earlier one taken instead", async (version, says) => {
    const { said, folder, newest } = await two();
    const written = JSON.stringify(version);
    forgeManifest(newest, (text) => text.replace('"version": 2', `"version": ${written}`));
    await expect(folder.newest()).rejects.toThrow(`checkpoint 000002: ${says}`);
    expect(said).toEqual([]);
  });
});

describe("a forged checkpoint with right checksums", () => {
  test.each([
    ["another format", (text: string) => text.replace("muir-checkpoint", "other")],
    ["no JSON", () => "{"],
    ["null", () => "null"],
    ["no training", (text: string) => text.replace('"training"', '"nothing"')],
    ["no numbers of the best state", (text: string) => text.replace(/"best.safetensors":/, '"x":')],
  ])("with %s is refused", async (_, change) => {
    const { said, folder, newest } = await two();
    forgeManifest(newest, change);
    expect((await folder.newest()).name).toBe("000001");
    expect(said[0]).toMatch(/^checkpoint 000002 cannot be used, [^\n]+$/);
  });
});
