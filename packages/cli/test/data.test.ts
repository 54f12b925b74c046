import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createFetchLine } from "../src/terminal/fetch-progress.js";
import { bindingArchive } from "./binding-archive.js";
import { muir, readJson, temporaryFolder } from "./muir.js";

const sha256 = createHash("sha256").update(bindingArchive).digest("hex");

/** A folder with an archive of the binding set, and a cache folder that is not there yet. */
function given() {
  const folder = temporaryFolder();
  const from = join(folder, "crispr.tar");
  writeFileSync(from, bindingArchive);
  return { folder, from, cache: join(folder, "cache") };
}
const fetchCrispr = ({ from, cache }: ReturnType<typeof given>, ...words: string[]) =>
  muir("data", "fetch", "crispr", "--from", from, "--cache", cache, ...words);

describe("muir data fetch", () => {
  test("says what was fetched, from where, and that it is as it must be", async () => {
    const files = given();
    const { code, out, err } = await fetchCrispr(files, "--sha256", sha256);
    expect(code).toBe(0);
    expect(out.split("\n")).toEqual([
      "crispr: 1, 1, 1 sequences",
      `  from ${files.from}, ${bindingArchive.length.toLocaleString("en")} bytes`,
      `  SHA-256 ${sha256}, as it must be`,
      `  in ${join(files.cache, "crispr")}`,
      "",
    ]);
    expect(err).toBe("verifying\nunpacking  0.0 MB\nreading it once\n");
  });

  test("warns loudly of what nobody can verify, with --json too", async () => {
    const { code, out, err } = await fetchCrispr(given(), "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ name: "crispr", sha256, verified: false });
    expect(err).toMatch(/^WARNING: crispr is NOT VERIFIED: .*--force --sha256 [0-9a-f]{64}\n$/);
  });

  test("leaves what is there, unless forced", async () => {
    const files = given();
    await fetchCrispr(files);
    const record = join(files.cache, "crispr", "source.json");
    const before = readFileSync(record, "utf8");
    expect((await fetchCrispr(files)).out).toContain("(fetched before; --force fetches it again)");
    expect(readFileSync(record, "utf8")).toBe(before);
    await fetchCrispr(files, "--force", "--sha256", sha256);
    expect(readJson(record).verified).toBe(true);
  });

  test("ends with exit code 2 and one line where the archive is wrong", async () => {
    const files = given();
    const wrong = await fetchCrispr(files, "--sha256", "0".repeat(64));
    expect(wrong).toMatchObject({ code: 2, out: "" });
    expect(wrong.err.split("\n").at(-2)).toContain(`the SHA-256 must be ${"0".repeat(64)}`);
    expect(readdirSync(files.cache)).toEqual([]);
  });

  test.each([
    [
      ["cifar"],
      'the name must be cifar10, wikitext2, crispr; got "cifar"; did you mean "cifar10"?',
    ],
    [["crispr"], "crispr: no address is known that answers with its archive."],
    [["crispr", "--sha256", "12"], '--sha256: must be 64 hexadecimal digits; got "12".'],
    [
      ["crispr", "--url", "http://x/", "--from", "y"],
      "--url: must be given without from; got both.",
    ],
    [["crispr", "--url", "file:///x"], "--url: must be an address that begins with https://"],
  ])("refuses %j with exit code 2", async (words, message) => {
    const cache = temporaryFolder();
    const { code, out, err } = await muir("data", "fetch", ...words, "--cache", cache);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(message);
    expect(readdirSync(cache)).toEqual([]);
  });

  test("ends with exit code 3 where another time may go well", async () => {
    const files = given();
    await fetchCrispr(files);
    writeFileSync(join(files.cache, "crispr.lock"), String(process.pid));
    const { code, err } = await fetchCrispr(files, "--force");
    expect(code).toBe(3);
    expect(err).toContain("only one process at a time may fetch this");
  });
});

describe("muir data info", () => {
  test("describes what was fetched, and prints it as JSON", async () => {
    const files = given();
    await fetchCrispr(files);
    const { code, out } = await muir("data", "info", "crispr", "--cache", files.cache);
    expect(code).toBe(0);
    expect(out).toMatch(/^CRISPR binding set: .*\n {2}train {7}1 sequences\n/);
    expect(out).toMatch(/\n {2}0 {2}A{201} 0.5\n$/);
    const json = await muir("data", "info", "crispr", "--cache", files.cache, "--json");
    expect(JSON.parse(json.out)).toMatchObject({ kind: "CRISPR binding set" });
  });

  test("draws images where it is told to, but over no file and nothing else", async () => {
    const folder = temporaryFolder();
    const batch = join(folder, "test_batch.bin");
    writeFileSync(batch, new Uint8Array(2 * 3073));
    const sheet = join(folder, "sheet.png");
    const drawn = await muir("data", "info", batch, "--out", sheet);
    expect(drawn.out).toContain("  0  airplane, first pixel 0 0 0\n");
    expect(drawn.out.endsWith(`\n${sheet}\n`)).toBe(true);
    expect([...readFileSync(sheet).subarray(1, 4)]).toEqual([..."PNG"].map((c) => c.charCodeAt(0)));
    const again = await muir("data", "info", batch, "--out", sheet);
    expect(again).toMatchObject({ code: 2, out: "" });
    expect(again.err).toBe(
      `--out ${sheet}: must be a new file; it is there. Choose another, or overwrite it with --force.\n`,
    );
    expect((await muir("data", "info", batch, "--out", sheet, "--force")).code).toBe(0);
    const text = join(folder, "a.txt");
    writeFileSync(text, "a b c\n");
    const none = await muir("data", "info", text, "--out", join(folder, "none.png"));
    expect([none.code, existsSync(join(folder, "none.png"))]).toEqual([2, false]);
    expect(none.err).toContain("only images can be drawn; got a text.");
  });

  test("names the line of a table that is wrong", async () => {
    const path = join(temporaryFolder(), "guides.tsv");
    writeFileSync(path, "dna\tscore\nACGT\t1\nACGU\t2\n");
    const { code, err } = await muir("data", "info", path, "--sequence", "dna");
    expect(code).toBe(2);
    expect(err).toBe(
      `${path}: line 3, dna: every letter must be one of A, C, G, T and N; got "U" at 4. Correct it, or write N for a base that is not known.\n`,
    );
  });
});

describe("the line of a download", () => {
  test("has share, speed and time left, and starts counting anew after a break", () => {
    const line = createFetchLine();
    const at = (done: number, seconds: number) =>
      line({ phase: "download", done, total: 100e6 }, seconds);
    expect(at(10e6, 0)).toBe("downloading  10 %  10.0 MB of 100.0 MB");
    expect(at(30e6, 2)).toBe("downloading  30 %  30.0 MB of 100.0 MB  10.0 MB/s  7.0 s left");
    expect(line({ phase: "wait", problem: "reset", seconds: 4 }, 3)).toBe(
      "the download broke off (reset); again in 4.0 s",
    );
    expect(at(30e6, 9)).toBe("downloading  30 %  30.0 MB of 100.0 MB");
  });

  test("says how much came where nobody knows how much there is", () => {
    const line = createFetchLine();
    expect(line({ phase: "download", done: 5e6, total: null }, 0)).toBe("downloading  5.0 MB");
    expect(line({ phase: "unpack", done: 2e6, total: null }, 0)).toBe("unpacking  2.0 MB");
  });
});
