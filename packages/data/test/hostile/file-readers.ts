import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatNpy, isDataError } from "@muir/data";
import {
  describeData,
  fetchData,
  readCifar10Images,
  readRegressionFolder,
  readScoreTable,
  readText,
} from "@muir/data/node";
import type { HostileReader } from "@muir/test-kit";
import { partFile } from "../../src/node/fetch/part-file.js";
import { plainTarOf } from "../node/archive-bytes.js";

const isRefusal = isDataError;

/** The readers of files, which write what they are to read into `folder`. */
export function fileReaders(folder: string): readonly HostileReader[] {
  const all = [
    regressionFolder(folder),
    table(folder, "tsv", "\t"),
    table(folder, "csv", ","),
    text(folder),
    cifarArchive(folder),
    sourceRecord(folder),
    partNotes(folder),
    description(folder),
  ];
  return all.map((reader) => ({ ...reader, weight: 0.2 }));
}

const REGRESSION = ["train_X", "train_Y", "test_X", "test_Y"] as const;

/** Four arrays, one of them damaged: the first byte says which. */
function regressionFolder(folder: string): HostileReader {
  const own = join(folder, "regression");
  mkdirSync(own, { recursive: true });
  const arrays = REGRESSION.map((file) => {
    const shape = file.endsWith("X") ? [1, 3, 2] : [1, 3];
    const data = Float32Array.from({ length: file.endsWith("X") ? 6 : 3 }, (_, i) => i);
    return formatNpy({ shape, data });
  });
  return {
    name: "regression folder (four npy)",
    files: arrays.map((array, i) => Buffer.concat([Buffer.of(i), array])),
    words: ["<f8", "(1, 3, 2)", "(1, 3)", "(0, 3)", "(3,)", "True"],
    isRefusal,
    async read(bytes) {
      for (const [i, file] of REGRESSION.entries()) {
        const damaged = i === (bytes[0] ?? 0) % 4;
        writeFileSync(join(own, `${file}.npy`), damaged ? bytes.subarray(1) : arrays[i]!);
      }
      await readRegressionFolder(own, { validation: 1 });
    },
  };
}

function table(folder: string, extension: string, delimiter: string): HostileReader {
  const path = join(folder, `guides.${extension}`);
  const rows = [
    ["sequence", "score", "note"],
    ["ACGT", "0.5", `"a${delimiter}""b"""`],
    ["TTGC", "-1e-3", "c"],
  ];
  return {
    name: `scores (${extension.toUpperCase()})`,
    files: [
      Buffer.from(`${rows.map((row) => row.join(delimiter)).join("\n")}\n`),
      Buffer.from(`\ufeff${rows.map((row) => row.join(delimiter)).join("\r\n")}`),
    ],
    words: [
      '"',
      '""',
      delimiter,
      "\n",
      "\r\n",
      "sequence",
      "score",
      "\u00e9",
      "1e999",
      "NaN",
      "__proto__",
    ],
    isRefusal,
    async read(bytes) {
      writeFileSync(path, bytes);
      const { symbols, length, scores } = await readScoreTable(path);
      if (symbols.length !== length * scores.length) throw new Error(`${symbols.length} symbols`);
    },
  };
}

function text(folder: string): HostileReader {
  const path = join(folder, "text.txt");
  return {
    name: "text",
    files: [Buffer.from("the block\nthe module\n\n a unit of the block \n".repeat(12))],
    words: ["<unk>", "<eos>", "\n", "\n\n\n", " ", "\u2028", "\ud7ff", "__proto__", "constructor"],
    isRefusal,
    async read(bytes) {
      writeFileSync(path, bytes);
      const { tokens, vocabulary } = await readText(path, { streams: 1, time: 2 });
      const most = tokens.train.reduce((a, b) => Math.max(a, b), 0);
      if (most >= vocabulary.words.length) throw new Error(`token ${most}`);
    },
  };
}

function cifarArchive(folder: string): HostileReader {
  const path = join(folder, "cifar-10-binary.tar");
  return {
    name: "CIFAR archive",
    files: [plainTarOf([{ path: "cifar-10-batches-bin/data_batch_1.bin", content: "short" }])],
    words: ["data_batch_1.bin", "test_batch.bin", "ustar"],
    isRefusal,
    async read(bytes) {
      writeFileSync(path, bytes);
      await readCifar10Images(path);
    },
  };
}

function sourceRecord(folder: string): HostileReader {
  const cache = join(folder, "cache");
  mkdirSync(join(cache, "crispr"), { recursive: true });
  const record = { name: "crispr", origin: "x.zip", bytes: 5, sha256: "ab", verified: true };
  return {
    name: "source record (JSON)",
    files: [Buffer.from(JSON.stringify({ ...record, contents: "2 sequences" }))],
    words: ['"__proto__":', "{", "null", "[", '"bytes":', "1e999"],
    isRefusal,
    async read(bytes) {
      writeFileSync(join(cache, "crispr", "source.json"), bytes);
      const found = await fetchData("crispr", { cache });
      if (typeof found.name !== "string") throw new Error(`name ${found.name}`);
    },
  };
}

/** Damaged notes are no error: the download starts anew. */
function partNotes(folder: string): HostileReader {
  const part = partFile(join(folder, "crispr.part"));
  writeFileSync(part.path, "part");
  return {
    name: "notes of a download (JSON)",
    files: [Buffer.from(JSON.stringify({ url: "http://x/", total: 9, version: '"v1"' }))],
    words: ['"__proto__":', "{", "null", "[", '"total":', "1e999", "\\n"],
    isRefusal,
    async read(bytes) {
      writeFileSync(`${part.path}.json`, bytes);
      const begun = await part.begun();
      if (begun !== null) new Headers({ "if-range": begun.record.version ?? "" });
    },
  };
}

const EXTENSIONS = [
  "npy",
  "txt",
  "png",
  "json",
  "bin",
  "tar",
  "zip",
  "pkl",
  "tsv",
  "csv",
  "tokens",
];

/** Any file by any name, as `muir data info` is given it: the first byte says which. */
function description(folder: string): HostileReader {
  const small = formatNpy({ shape: [2], data: Float32Array.of(1, 2) });
  return {
    name: "description of any file",
    files: EXTENSIONS.map((_, i) => Buffer.concat([Buffer.of(i), small])),
    words: ["sequence\tscore\nACGT\t1\n", "a b c\n", "PK\u0003\u0004"],
    isRefusal,
    async read(bytes) {
      const extension = EXTENSIONS[(bytes[0] ?? 0) % EXTENSIONS.length];
      const path = join(folder, `any.${extension}`);
      writeFileSync(path, bytes.subarray(1));
      await describeData(path, { cache: folder });
    },
  };
}
