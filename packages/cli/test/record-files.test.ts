import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assertLaw } from "@muir/test-kit";
import type { GenerationEvent } from "@muir/trainer";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CheckpointError } from "../src/run/checkpoint/checkpoint-error.js";
import { littleEndian, openRecordFiles } from "../src/run/record-files.js";
import { temporaryFolder } from "./muir.js";

const LOCATIONS = 3;
const rowOf = (generation: number) => Int32Array.of(generation, 0, -generation);

/** The files after so many generations. */
function written(generations: number) {
  const path = temporaryFolder();
  writeFileSync(join(path, "alignment.bin"), littleEndian(rowOf(0)));
  const files = openRecordFiles(path, LOCATIONS);
  for (let generation = 1; generation <= generations; generation++) {
    const event = { generation, alignment: rowOf(generation) };
    files.append(event as unknown as GenerationEvent);
  }
  const read = () =>
    ["events.jsonl", "alignment.bin"].map((name) => readFileSync(join(path, name)).toString("hex"));
  return { path, files, read };
}

describe("events and alignments", () => {
  test("are as they were once what came later is cut off, whatever it is", async () => {
    const cases = fc.record({
      kept: fc.integer({ min: 0, max: 4 }),
      later: fc.integer({ min: 0, max: 3 }),
      line: fc.constantFrom("", '{"generation":', '{"generation":9}\n{"gen', "\0\0\0"),
      row: fc.integer({ min: 0, max: 4 * LOCATIONS }),
    });
    await assertLaw(
      cases,
      ({ kept, later, line, row }) => {
        const { path, files, read } = written(kept + later);
        appendFileSync(join(path, "events.jsonl"), line);
        appendFileSync(join(path, "alignment.bin"), Buffer.alloc(row));
        const rows = files.backTo(kept);
        const expected = written(kept);
        expect(rows).toEqual(Array.from({ length: kept }, (_, i) => rowOf(i + 1)));
        expect(read()).toEqual(expected.read());
        const next = { generation: kept + 1, alignment: rowOf(kept + 1) };
        for (const each of [files, expected.files]) {
          each.append(next as unknown as GenerationEvent);
          each.close();
        }
        expect(read()).toEqual(expected.read());
      },
      { runs: 20 },
    );
  });

  test("that do not reach as far as a checkpoint are not gone back to", () => {
    const { files } = written(2);
    expect(() => files.backTo(3)).toThrow(CheckpointError);
    expect(() => files.backTo(3)).toThrow(
      "events.jsonl must hold 3 whole generations; line 3 is none.",
    );
    files.close();
  });
});
