import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { isDataError } from "@muir/data";
import {
  type FetchDataOptions,
  type FetchProgress,
  fetchData,
  readCrisprBinding,
} from "@muir/data/node";
import { createRandom } from "@muir/random";
import { describe, expect, test } from "vitest";
import { bindingPlain, type MadeRecord } from "../sequences/binding-pickles.js";
import { pickleBytes } from "../sequences/pickle-bytes.js";
import { type MadeEntry, tarOf, zipOf } from "./archive-bytes.js";
import { serve } from "./file-server.js";
import { problemOf, temporaryFolder } from "./temporary-folder.js";

/** A binding set whose sequences have the paper's 201 bases, large enough to be cut on its way. */
const random = createRandom(1);
const drawn = (length: number) => Array.from({ length }, () => 1 + Math.floor(4 * random()));
const records: MadeRecord[] = [
  {
    dna: [drawn(230), drawn(40_000)],
    positions: ["training", "validation", "test"].map((split, start) => ({
      ...{ sequence: 0, start, length: 2, aba: start, split },
    })),
  },
];
const plain = bindingPlain(records);
const entries: MadeEntry[] = [
  { path: "crispr/dna_data.pkl", content: pickleBytes(plain.dna) },
  { path: "crispr/read_data.pkl", content: pickleBytes(plain.reads) },
  { path: "crispr/splits.pkl", content: pickleBytes(plain.splits) },
];
const archive = tarOf(entries);
const sha256Of = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const sha256 = sha256Of(archive);

const hasty = { waitSeconds: 0.01 } as const;
const fetchCrispr = (cache: string, options: FetchDataOptions) =>
  fetchData("crispr", { cache, ...hasty, ...options });

/** What a fetch that failed may leave: nothing, or what the next one goes on from. */
const PART = ["crispr.part", "crispr.part.json"];

describe("fetchData", () => {
  test("downloads, verifies, unpacks, reads, and leaves nothing else", async () => {
    const cache = join(temporaryFolder(), "deep", "cache");
    const { url } = await serve(archive);
    const phases = new Set<string>();
    const fetched = await fetchCrispr(cache, {
      url,
      sha256: sha256.toUpperCase(),
      onProgress: ({ phase }) => void phases.add(phase),
    });
    const folder = join(cache, "crispr");
    expect(fetched).toEqual({
      ...{ name: "crispr", folder, origin: url, bytes: archive.length, sha256, verified: true },
      ...{ contents: "2, 2, 2 sequences", already: false },
    });
    expect([...phases]).toEqual(["download", "verify", "unpack", "read"]);
    expect(readdirSync(cache)).toEqual(["crispr"]);
    expect((await readCrisprBinding(folder)).splits.test.size).toBe(2);
    expect(await fetchCrispr(cache, {})).toEqual({ ...fetched, already: true });
  });

  test("verifies what is there already, too", async () => {
    const cache = temporaryFolder();
    const { url } = await serve(archive);
    expect((await fetchCrispr(cache, { url })).verified).toBe(false);
    const there = await fetchCrispr(cache, { sha256: sha256.toUpperCase() });
    expect(there).toMatchObject({ already: true, verified: true });
    const other = "b".repeat(64);
    await expect(fetchCrispr(cache, { sha256: other })).rejects.toThrow(
      `crispr: must come from an archive with the SHA-256 ${other}; it is there already, from one with ${sha256}. Fetch it again by force.`,
    );
  });

  test("takes an archive that is there, tar or zip, as it takes a download", async () => {
    for (const bytes of [archive, zipOf(entries)]) {
      const folder = temporaryFolder();
      const from = join(folder, "mine");
      writeFileSync(from, bytes);
      const fetched = await fetchCrispr(join(folder, "cache"), { from, sha256: sha256Of(bytes) });
      expect([fetched.origin, fetched.contents]).toEqual([from, "2, 2, 2 sequences"]);
      expect(existsSync(from)).toBe(true);
    }
  });

  test("says that what it cannot verify is not verified, and its checksum", async () => {
    const { url } = await serve(archive);
    const fetched = await fetchCrispr(temporaryFolder(), { url });
    expect([fetched.verified, fetched.sha256]).toEqual([false, sha256]);
  });

  test("follows a server that sends it on", async () => {
    const { moved, requests } = await serve(archive);
    await fetchCrispr(temporaryFolder(), { url: moved, sha256 });
    expect(requests).toEqual([undefined]);
  });

  test("needs no length from the server", async () => {
    const { url, file } = await serve(archive);
    file.length = false;
    expect((await fetchCrispr(temporaryFolder(), { url })).bytes).toBe(archive.length);
  });
});

describe("a network that fails", () => {
  test("is tried again, from the byte where it broke off", async () => {
    const { url, file, requests, see } = await serve(archive);
    file.cuts = [3000, 2000];
    const waits: FetchProgress[] = [];
    const fetched = await fetchCrispr(temporaryFolder(), {
      url,
      sha256,
      onProgress(progress) {
        see(progress);
        if (progress.phase === "wait") waits.push(progress);
      },
    });
    expect(fetched.verified).toBe(true);
    expect(requests).toEqual([undefined, "bytes=3000-", "bytes=5000-"]);
    expect(waits).toHaveLength(2);
  });

  test("at last is an error that may pass; the next call goes on, the third finds all there", async () => {
    const cache = temporaryFolder();
    const { url, file, requests, see } = await serve(archive);
    file.cuts = [4000];
    const error = await fetchCrispr(cache, { url, sha256, retries: 0, onProgress: see }).catch(
      (e: unknown) => e,
    );
    if (!isDataError(error)) throw error;
    expect(error.transient).toBe(true);
    expect(error.message).toMatch(
      /archive: the download must come to its end; it broke off at 4,000 bytes \(.+\)\. What came so far is in .*crispr\.part: the same call goes on from there\.$/,
    );
    expect(readdirSync(cache).sort()).toEqual(PART);
    await fetchCrispr(cache, { url, sha256 });
    expect(requests).toEqual([undefined, "bytes=4000-"]);
    expect(readdirSync(cache)).toEqual(["crispr"]);
  });

  test("starts anew where the file changed meanwhile", async () => {
    const cache = temporaryFolder();
    const other = tarOf([...entries, { path: "crispr/new.txt", content: "new" }]);
    const { url, file, requests, see } = await serve(archive);
    file.cuts = [4000];
    await problemOf(fetchCrispr(cache, { url, retries: 0, onProgress: see }));
    Object.assign(file, { content: other, etag: '"v2"' });
    const fetched = await fetchCrispr(cache, { url });
    expect(fetched.sha256).toBe(sha256Of(other));
    expect(requests).toEqual([undefined, "bytes=4000-"]); // answered with the whole
  });

  test("starts anew where the server carelessly sends a part of another version", async () => {
    const cache = temporaryFolder();
    const { url, file, requests, see } = await serve(archive);
    file.cuts = [4000];
    await problemOf(fetchCrispr(cache, { url, retries: 0, onProgress: see }));
    Object.assign(file, { careless: true, etag: '"v2"' });
    await fetchCrispr(cache, { url });
    expect(requests).toEqual([undefined, "bytes=4000-", undefined]);
  });

  test("starts anew where the server sends a part of another file", async () => {
    const cache = temporaryFolder();
    const { url, file, requests, see } = await serve(archive);
    file.cuts = [4000];
    await problemOf(fetchCrispr(cache, { url, sha256, retries: 0, onProgress: see }));
    writeFileSync(
      join(cache, "crispr.part.json"),
      JSON.stringify({ url, total: archive.length - 1, version: '"v1"' }),
    );
    await fetchCrispr(cache, { url, sha256 });
    expect(requests).toEqual([undefined, "bytes=4000-", undefined]);
  });

  test("starts anew where nothing tells whether the rest belongs to it", async () => {
    const cache = temporaryFolder();
    const { url, file, requests, see } = await serve(archive);
    file.etag = null;
    file.cuts = [4000, 4000];
    await problemOf(fetchCrispr(cache, { url, retries: 0, onProgress: see }));
    await problemOf(fetchCrispr(cache, { url, retries: 0, onProgress: see }));
    expect(requests).toEqual([undefined, undefined]);
    await fetchCrispr(cache, { url, sha256 }); // a checksum tells
    expect(requests.at(-1)).toBe("bytes=4000-");
  });

  test.each([
    "null",
    "[1, 2]",
    '{"url": 1}',
    "{",
    '{"url": "URL", "total": 5, "version": "a\\nrange: bytes=0-"}',
    '{"url": "URL", "total": "5", "version": null}',
  ])("starts anew where the notes of its part are damaged: %s", async (notes) => {
    const cache = temporaryFolder();
    const { url, requests } = await serve(archive);
    writeFileSync(join(cache, "crispr.part"), "left");
    writeFileSync(join(cache, "crispr.part.json"), notes.replace("URL", url));
    await fetchCrispr(cache, { url, sha256 });
    expect(requests).toEqual([undefined]);
  });

  test.each([true, false])(
    "is given up where the server sends more than the data can be (length told: %s)",
    async (length) => {
      const cache = temporaryFolder();
      const { url, file } = await serve(new Uint8Array(51_100_000)); // of at most 50 MB unpacked
      file.length = length;
      const message = await problemOf(fetchData("wikitext2", { cache, url, ...hasty }));
      expect(message).toContain("must have at most 51000000 bytes");
      expect(readdirSync(cache)).toEqual([]);
    },
  );

  test("is given up where the server never answers well, and tried again where it may", async () => {
    const { url, file, requests } = await serve(archive);
    file.refusals = [404];
    expect(await problemOf(fetchCrispr(temporaryFolder(), { url }))).toBe(
      `${url}: the server must send the file; got HTTP 404 (Not Found). Give another url, or an archive that you have.`,
    );
    expect(requests).toHaveLength(1);
    file.refusals = [503, 429];
    await fetchCrispr(temporaryFolder(), { url });
    expect(requests).toHaveLength(4);
  });

  test("that sends nothing is given up after a while", async () => {
    const { url, file } = await serve(archive);
    file.silent = true;
    const message = await problemOf(
      fetchCrispr(temporaryFolder(), { url, retries: 0, stallSeconds: 0.01 }),
    );
    expect(message).toContain("it broke off at 0 bytes (nothing came for 0.01 seconds)");
  });

  test("is named where nobody listens", async () => {
    const message = await problemOf(
      fetchCrispr(temporaryFolder(), { url: "http://127.0.0.1:1/archive", retries: 0 }),
    );
    expect(message).toMatch(/^http:\/\/127\.0\.0\.1:1\/archive: .* broke off at 0 bytes \(.+\)\./);
  });
});

describe("what was fetched", () => {
  test("is refused and removed where the checksum is another", async () => {
    const cache = temporaryFolder();
    const { url } = await serve(archive);
    const message = await problemOf(fetchCrispr(cache, { url, sha256: "0".repeat(64) }));
    expect(message).toContain(`the SHA-256 must be ${"0".repeat(64)}; got ${sha256}.`);
    expect(readdirSync(cache)).toEqual([]);
  });

  test("is refused before the download where the official size is another", async () => {
    const cache = temporaryFolder();
    const { url } = await serve(archive);
    const official = fetchData("cifar10", { cache, url, ...hasty });
    expect(await problemOf(official)).toBe(
      `${url}: must have 170052171 bytes; got a file of ${archive.length}. Give another url, or an archive that you have.`,
    );
    const from = join(temporaryFolder(), "mine.tar.gz");
    writeFileSync(from, archive);
    expect(await problemOf(fetchData("cifar10", { cache, from }))).toContain(
      `${from}: must have 170052171 bytes; got ${archive.length}.`,
    );
    expect(readdirSync(cache)).toEqual([]);
  });

  test("is refused where it is another dataset, and named as what it came from", async () => {
    const cache = temporaryFolder();
    const text = (words: string) => ({ content: `${words} `.repeat(900) });
    const from = join(temporaryFolder(), "texts.zip");
    writeFileSync(
      from,
      zipOf([
        { path: "wikitext-2/wiki.train.tokens", ...text("a b") },
        { path: "wikitext-2/wiki.valid.tokens", ...text("a") },
        { path: "wikitext-2/wiki.test.tokens", ...text("b") },
      ]),
    );
    expect(await problemOf(fetchData("wikitext2", { cache, from }))).toContain(
      `${from}: WikiText-2 must have 2,088,628, 217,646, 245,569 tokens and 33,278 words; got 1,801, 901, 901 and 4.`,
    );
    expect(readdirSync(cache)).toEqual([]);
  });

  test.each([
    ["leads out of its folder", [...entries, { path: "../x", content: "x" }], "must stay inside"],
    [
      "names a callable",
      [...entries.slice(0, 2), { path: "crispr/splits.pkl", content: "cos\nsystem\n(S'ls'\ntR." }],
      'got "os.system", which could run code',
    ],
    ["lacks a file", entries.slice(1), "must hold dna_data.pkl, read_data.pkl, splits.pkl"],
  ])("is refused where the archive %s", async (_, made, problem) => {
    const cache = temporaryFolder();
    const { url } = await serve(tarOf(made));
    expect(await problemOf(fetchCrispr(cache, { url }))).toContain(problem);
    expect(readdirSync(cache)).toEqual([]);
  });

  test("stays as it was where fetching it by force fails, and is replaced where it succeeds", async () => {
    const cache = temporaryFolder();
    const { url, file } = await serve(archive);
    const first = await fetchCrispr(cache, { url });
    file.content = tarOf(entries.slice(1));
    file.etag = '"v2"';
    await problemOf(fetchCrispr(cache, { url, force: true }));
    expect(await fetchCrispr(cache, {})).toEqual({ ...first, already: true });
    file.content = tarOf([...entries, { path: "crispr/new.txt", content: "new" }]);
    await fetchCrispr(cache, { url, force: true });
    expect(readFileSync(join(cache, "crispr", "crispr", "new.txt"), "utf8")).toBe("new");
    expect(readdirSync(cache)).toEqual(["crispr"]);
  });

  test.skipIf(!existsSync("/dev/full"))("leaves nothing where the disk is full", async () => {
    const cache = temporaryFolder();
    symlinkSync("/dev/full", join(cache, "crispr.part"));
    const { url } = await serve(archive);
    const error = await fetchCrispr(cache, { url }).catch((e: unknown) => e);
    if (!isDataError(error)) throw error;
    expect(error.message).toContain("the disk must have room for it; got ENOSPC: it is full.");
    expect(error.transient).toBe(true);
    expect(existsSync(join(cache, "crispr"))).toBe(false);
  });
});

test.each(["", "null", "[]", '{"name": "crispr"}', '{"name": 1, "origin": {}}'])(
  "what was fetched is not believed where its record is %j",
  async (text) => {
    const cache = temporaryFolder();
    await mkdir(join(cache, "crispr"));
    writeFileSync(join(cache, "crispr", "source.json"), text);
    expect(await problemOf(fetchCrispr(cache, {}))).toContain(
      "source.json: must say where the data beside it comes from; got none that can be read.",
    );
  },
);

describe("fetching", () => {
  test("is done by one process at a time; a lock of one that died counts for nothing", async () => {
    const cache = temporaryFolder();
    const { url } = await serve(archive);
    const lock = join(cache, "crispr.lock");
    writeFileSync(lock, String(process.pid));
    expect(await problemOf(fetchCrispr(cache, { url }))).toContain(
      `only one process at a time may fetch this; got one that is at it, number ${process.pid}.`,
    );
    writeFileSync(lock, "999999999");
    await mkdir(join(cache, "crispr.tmp-killed")); // what it left behind
    await fetchCrispr(cache, { url });
    expect(readdirSync(cache)).toEqual(["crispr"]);
  });

  test("refuses what is no address, no checksum, and both sources at once", async () => {
    const cache = temporaryFolder();
    const refused = (options: FetchDataOptions) => problemOf(fetchCrispr(cache, options));
    expect(await refused({ url: "ftp://x/y" })).toContain(
      'url must be an address that begins with https:// or http://; got "ftp://x/y"',
    );
    expect(await refused({ sha256: "abc" })).toContain("sha256 must be 64 hexadecimal digits");
    expect(await refused({ url: "http://x/", from: "y" })).toContain(
      "url must be given without from",
    );
    expect(await refused({ from: join(cache, "none") })).toContain("none: no such file.");
    expect(await refused({})).toContain("crispr: no address is known that answers");
    expect(readdirSync(cache)).toEqual([]);
  });

  test("names a cache folder that cannot be made", async () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    expect(await problemOf(fetchCrispr(join(file, "cache"), { from: file }))).toContain(
      "cannot be written (ENOTDIR)",
    );
  });
});
