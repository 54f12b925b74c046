import { existsSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { isDataError } from "@muir/data";
import { assertLaw, seededDraws } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readArchive } from "../../src/node/archive/read-archive.js";
import { unpack } from "../../src/node/fetch/unpack.js";
import { type MadeEntry, plainTarOf, tarOf, zipOf } from "./archive-bytes.js";
import { problemOf, temporaryFolder } from "./temporary-folder.js";

const kinds = [
  ["tar", tarOf],
  ["zip", zipOf],
] as const;

/** Writes an archive and unpacks it into a folder inside another, so that an escape would show. */
async function unpacked(bytes: Uint8Array, limit = 1e6) {
  const root = temporaryFolder();
  const archive = join(root, "archive");
  const folder = join(root, "a", "folder");
  await mkdir(folder, { recursive: true });
  writeFileSync(archive, bytes);
  const done = unpack(archive, folder, { limit, onBytes: () => {} });
  const files = () =>
    readdirSync(root, { recursive: true, encoding: "utf8" })
      .map((path) => path.replaceAll("\\", "/"))
      .filter((path) => !["archive", "a", "a/folder"].includes(path))
      .sort();
  return { done, files, folder, archive };
}

/** Bytes that cannot be compressed. */
function noiseOf(length: number): Uint8Array {
  const draw = seededDraws(1);
  return Uint8Array.from({ length }, () => 256 * draw());
}

const honest: MadeEntry[] = [
  { path: "set/readme.txt", content: "hello" },
  { path: "set/deep/er/data.bin", content: Uint8Array.of(0, 1, 2, 255) },
  { path: "empty", content: "" },
];

describe.each(kinds)("unpacking a %s archive", (_, archiveOf) => {
  test("writes the files of the archive", async () => {
    const { done, folder } = await unpacked(archiveOf(honest));
    await done;
    expect(readFileSync(join(folder, "set/readme.txt"), "utf8")).toBe("hello");
    expect([...readFileSync(join(folder, "set/deep/er/data.bin"))]).toEqual([0, 1, 2, 255]);
    expect(readFileSync(join(folder, "empty"), "utf8")).toBe("");
  });

  test.each([
    "../escape.txt",
    "set/../../escape.txt",
    "/tmp/escape.txt",
    "C:/escape.txt",
    "a\\..\\b",
  ])("refuses the path %s and writes nothing outside", async (path) => {
    const { done, files } = await unpacked(archiveOf([{ path, content: "x" }]));
    expect(await problemOf(done)).toMatch(/archive: (paths in it must stay inside|not a zip)/);
    expect(files()).toEqual([]);
  });

  test("refuses links", async () => {
    const link: MadeEntry = { path: "link", type: "SymbolicLink", linkpath: "/etc", content: "" };
    const { done, files } = await unpacked(archiveOf([link, { path: "link/x", content: "x" }]));
    expect(await problemOf(done)).toContain(
      'an archive of data must hold files and folders only; got "link", a SymbolicLink.',
    );
    expect(files()).toEqual([]);
  });

  test("stops at the most bytes that may come out", async () => {
    const large = archiveOf([{ path: "noise", content: noiseOf(2e5) }]);
    const { done, files } = await unpacked(large, 1e5);
    expect(await problemOf(done)).toContain("at most 100,000 bytes may come out of it; got more");
    expect(files()).toEqual([]);
  });

  test("refuses an archive that is cut", async () => {
    const whole = archiveOf([...honest, { path: "noise", content: noiseOf(4000) }]);
    for (const share of [0.1, 0.5, 0.9, 0.995]) {
      const { done } = await unpacked(whole.subarray(0, Math.floor(whole.length * share)));
      expect(await problemOf(done), String(share)).toContain("archive that can be read to its end");
    }
  });

  test("answers damaged bytes with files inside the folder or a DataError", async () => {
    const whole = archiveOf(honest);
    const edits = fc.array(fc.tuple(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 })), {
      minLength: 1,
      maxLength: 4,
    });
    await assertLaw(
      edits,
      async (changes) => {
        const bytes = whole.slice();
        for (const [place, byte] of changes) bytes[place] = byte;
        const { done, files } = await unpacked(bytes);
        await done.catch((error: unknown) => {
          if (!isDataError(error)) throw error;
        });
        expect(files().every((path) => path.startsWith("a/folder/"))).toBe(true);
      },
      { runs: 40 },
    );
  });
});

describe("unpacking a tar archive", () => {
  test.each(["Link", "CharacterDevice", "BlockDevice", "FIFO"] as const)(
    "refuses a %s",
    async (type) => {
      const { done, files } = await unpacked(
        tarOf([{ path: "x", type, ...(type === "Link" && { linkpath: "../../y" }) }]),
      );
      expect(await problemOf(done)).toContain(`got "x", a ${type}.`);
      expect(files()).toEqual([]);
    },
  );

  test("refuses an entry whose header is damaged, rather than leave it out", async () => {
    const bytes = plainTarOf(honest);
    const second = 1024; // after the header and the block of the first file
    bytes[second + 3]! ^= 1; // a letter of its name
    expect(await problemOf((await unpacked(bytes)).done)).toContain("checksum failure");
  });

  test("stops at the most files that may come out, be they empty", async () => {
    const path = join(temporaryFolder(), "archive");
    writeFileSync(path, plainTarOf(Array.from({ length: 10_001 }, (_, i) => ({ path: `f${i}` }))));
    const seen: string[] = [];
    const done = readArchive(path, { limit: 1e9 }, async (entry) => void seen.push(entry.path));
    expect(await problemOf(done)).toContain("at most 10,000 files may come out of it; got more");
    expect(seen).toHaveLength(10_000);
  });

  test("stops unpacking what becomes a hundred times as large, named or skipped", async () => {
    const zeros = Buffer.alloc(16e6);
    const skipped: MadeEntry = { path: "x", type: "NextFileHasLongPath", content: zeros };
    for (const entry of [skipped, { path: "zeros", content: zeros }]) {
      const { done } = await unpacked(tarOf([entry, ...honest]), 1e9);
      expect(await problemOf(done)).toContain("max decompression ratio exceeded");
    }
  });

  test("closes the file it writes when the archive breaks off", async () => {
    const whole = tarOf([{ path: "noise", content: noiseOf(3e5) }]);
    const { done, folder } = await unpacked(whole.subarray(0, 2e5));
    await problemOf(done);
    const open = existsSync("/proc/self/fd")
      ? readdirSync("/proc/self/fd").map((fd) => linkOf(join("/proc/self/fd", fd)))
      : [];
    expect(open.filter((path) => path.startsWith(folder))).toEqual([]);
  });

  test("refuses one path twice, and a file where a folder is", async () => {
    const twice = [
      { path: "a", content: "1" },
      { path: "a", content: "2" },
    ];
    expect(await problemOf((await unpacked(tarOf(twice))).done)).toContain("got two for one");
    const below = [
      { path: "a", content: "1" },
      { path: "a/b", content: "2" },
    ];
    expect(await problemOf((await unpacked(tarOf(below))).done)).toContain("got two for one");
  });

  test("takes an archive whose first entry is the folder itself", async () => {
    const { done, files } = await unpacked(
      tarOf([
        { path: "./", type: "Directory" },
        { path: "./x", content: "x" },
      ]),
    );
    await done;
    expect(files()).toEqual(["a/folder/x"]);
  });
});

/** Where a link leads; nowhere for one that has gone since it was listed. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}
