import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answerTo, assertLaw, type HostileReader, mutatedBytes } from "@muir/test-kit";
import { afterAll, expect, test } from "vitest";
import { readers } from "./readers.js";

const folder = mkdtempSync(join(tmpdir(), "muir-hostile-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const all = readers(folder).map((reader) => [reader.name, reader] as const);
const runsOf = ({ weight = 1 }: HostileReader) => Math.round(250 * weight);

test("the readers together are tried 2,000 times", () => {
  expect(all.reduce((sum, [, reader]) => sum + runsOf(reader), 0)).toBeGreaterThanOrEqual(2000);
  expect(new Set(all.map(([name]) => name)).size).toBe(all.length);
});

test.each(all)("%s: whatever is done to a file, it is read or refused in one line", (_, reader) =>
  assertLaw(
    mutatedBytes(reader.files, { words: reader.words ?? [] }),
    async (bytes) => void (await answerTo(reader, bytes)),
    { runs: runsOf(reader) },
  ),
);

/** What these readers are given is too short to be what they want, but for the damage. */
const NEVER_WHOLE = ["CIFAR archive", "description of any file"];

test.each(all.filter(([name]) => !NEVER_WHOLE.includes(name)))(
  "%s: reads the files that are damaged otherwise",
  async (_, reader) => {
    for (const file of reader.files) expect(await answerTo(reader, file)).toBeNull();
  },
);
