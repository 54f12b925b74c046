import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answerTo, assertLaw, mutatedBytes } from "@muir/test-kit";
import { afterAll, expect, test } from "vitest";
import { readers } from "./readers.js";

const folder = mkdtempSync(join(tmpdir(), "muir-hostile-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const all = readers(folder).map((reader) => [reader.name, reader] as const);

test.each(all)("%s: whatever is done to it, it is taken or refused in one line", (_, reader) =>
  assertLaw(
    mutatedBytes(reader.files, { words: reader.words ?? [] }),
    async (bytes) => void (await answerTo(reader, bytes)),
    { runs: Math.round(250 * (reader.weight ?? 1)) },
  ),
);

test.each(all)("%s: is taken where nothing is done to it", async (_, reader) => {
  for (const file of reader.files) expect(await answerTo(reader, file)).toBeNull();
});
