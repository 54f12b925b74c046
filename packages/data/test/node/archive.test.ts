import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { isDataError } from "@muir/data";
import { assertLaw } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
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
    const large = archiveOf([{ path: "zeros", content: new Uint8Array(2e5) }]);
    const { done } = await unpacked(large, 1e5);
    expect(await problemOf(done)).toContain("at most 100,000 bytes may come out of it; got more");
  });

  test("refuses an archive that is cut", async () => {
    const noise = Uint8Array.from({ length: 4000 }, (_, i) => (i * i * 31 + (i >> 3)) % 251);
    const whole = archiveOf([...honest, { path: "noise", content: noise }]);
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
