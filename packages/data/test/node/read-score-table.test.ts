import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodeBases, isDataError } from "@muir/data";
import { readScores, readScoreTable, type ScoreColumns } from "@muir/data/node";
import { createRandom } from "@muir/random";
import { assertLaw } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { problemOf, temporaryFolder } from "./temporary-folder.js";

function fileOf(content: string | Uint8Array, name = "guides.tsv"): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}
const rowsOf = async (path: string, columns: ScoreColumns = {}) => {
  const { symbols, length, scores } = await readScoreTable(path, columns);
  return [...scores].map((score, i) => [
    decodeBases(symbols.subarray(i * length, (i + 1) * length)),
    score,
  ]);
};

describe("readScoreTable", () => {
  test("reads two named columns of a table with tabs", async () => {
    const path = fileOf("guide\tmodFreq\tlongSeq\na\t0.5\tACGT\nb\t-2e-1\tnacg\n");
    expect(await rowsOf(path, { sequence: "longSeq", score: "modFreq" })).toEqual([
      ["ACGT", 0.5],
      ["NACG", -0.2],
    ]);
  });

  test("reads a table with commas, quotes, other line ends and a mark at its start", async () => {
    const path = fileOf(
      '\ufeffsequence,note,score\r\nACGT,"a, ""b""",1\r\nACGA,"two\nlines",2\r\n\r\n',
      "t.CSV",
    );
    expect(await rowsOf(path)).toEqual([
      ["ACGT", 1],
      ["ACGA", 2],
    ]);
  });

  test("cuts and fills up to a length that is given, on both sides alike", async () => {
    const path = fileOf("sequence\tscore\nAACCGGTT\t1\nACG\t2\nACGTT\t3\n");
    expect(await rowsOf(path, { length: 4 })).toEqual([
      ["CCGG", 1],
      ["ACGN", 2],
      ["ACGT", 3],
    ]);
    expect((await rowsOf(path, { length: 8 }))[1]![0]).toBe("NNACGNNN");
  });

  test("makes datasets that are called after the file", async () => {
    const rows = [..."ACGT"].flatMap((a) => [..."ACGT"].map((b) => `${a}${b}\t1\n`));
    const path = fileOf(`sequence\tscore\n${rows.join("")}`);
    const { splits } = await readScores(path, { random: createRandom(1) });
    expect([splits.train.name, splits.train.size]).toEqual(["guides/train", 12]);
  });

  const rejected: [string, string, string][] = [
    [
      "too few columns",
      "sequence\tscore\nACGT\t1\nACGT\n",
      "guides.tsv: line 3: every row must have the columns of the first line",
    ],
    [
      "too many columns",
      "sequence\tscore\nACGT\t1\t2\n",
      "guides.tsv: line 2: every row must have the columns",
    ],
    [
      "a letter that is no base",
      "sequence\tscore\nACGT\t1\nACUT\t1\n",
      'guides.tsv: line 3, sequence: every letter must be one of A, C, G, T and N; got "U" at 3.',
    ],
    [
      "another length",
      "sequence\tscore\nACGT\t1\nACG\t1\n",
      "guides.tsv: line 3: every sequence must have 4 letters, as the first has; got 3.",
    ],
    [
      "no sequence",
      "sequence\tscore\n\t1\n",
      "guides.tsv: line 2: every sequence must have 0 letters",
    ],
    [
      "a score that is none",
      "sequence\tscore\nACGT\thigh\n",
      'guides.tsv: line 2, score: must be a finite number; got "high".',
    ],
    [
      "no score",
      "sequence\tscore\nACGT\t\n",
      'guides.tsv: line 2, score: must be a finite number; got "".',
    ],
    [
      "an infinite score",
      "sequence\tscore\nACGT\t1e39\n",
      'score: must be a finite number; got "1e39".',
    ],
    [
      "an unknown column",
      "seq\tscore\nACGT\t1\n",
      'the first line must name a column "sequence"; got "seq", "score" (separated by "\\t").',
    ],
    ["a column twice", "sequence\tscore\tscore\nACGT\t1\t2\n", 'must name one column "score"'],
    [
      "a quote that is not closed",
      'sequence\tscore\n"ACGT\t1\n',
      "line 2: every row must have the columns of the first line: Quote Not Closed",
    ],
    [
      "no rows",
      "sequence\tscore\n",
      "must hold a line of column names and at least one row; got no row.",
    ],
    ["nothing", "", "must hold a line of column names and at least one row; got an empty file."],
  ];
  test.each(rejected)("rejects %s", async (_, text, message) => {
    expect(await problemOf(readScoreTable(fileOf(text)))).toContain(message);
  });

  test("rejects a file that is not there, and a folder", async () => {
    const folder = temporaryFolder();
    expect(await problemOf(readScoreTable(join(folder, "none.tsv")))).toContain(
      "none.tsv: no such file.",
    );
    expect(await problemOf(readScoreTable(folder))).toContain("cannot be read (EISDIR)");
    await expect(readScoreTable(fileOf("sequence\tscore\n"), { length: 0 })).rejects.toThrow(
      "readScoreTable: length must be a positive integer; got 0.",
    );
  });

  test("gives back any table that was written", async () => {
    const rows = fc.array(
      fc.tuple(
        fc.string({ unit: fc.constantFrom(..."ACGTN"), minLength: 5, maxLength: 5 }),
        fc.float({ noNaN: true, noDefaultInfinity: true }),
      ),
      { minLength: 1, maxLength: 8 },
    );
    await assertLaw(
      rows,
      async (given) => {
        const lines = given.map(([sequence, score]) => `${sequence}\t${score}`);
        const path = fileOf(`sequence\tscore\n${lines.join("\n")}`);
        expect(await rowsOf(path)).toEqual(
          given.map(([sequence, score]) => [sequence, score + 0 === 0 ? 0 : score]),
        );
      },
      { runs: 30 },
    );
  });

  test("answers damaged files with a table or a DataError of one line", async () => {
    const whole = Buffer.from('sequence\tscore\tnote\nACGT\t0.5\t"a\tb"\nTTGC\t-1\tc\n');
    const edits = fc.array(fc.tuple(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 })), {
      minLength: 1,
      maxLength: 4,
    });
    await assertLaw(
      edits,
      async (changes) => {
        const bytes = Buffer.from(whole);
        for (const [place, byte] of changes) bytes[place] = byte;
        try {
          const { symbols, length, scores } = await readScoreTable(fileOf(bytes));
          expect(symbols.length).toBe(length * scores.length);
        } catch (error) {
          if (!isDataError(error)) throw error;
          expect(error.message).toMatch(/guides\.tsv: [^\n]+$/);
        }
      },
      { runs: 60 },
    );
  });
});
