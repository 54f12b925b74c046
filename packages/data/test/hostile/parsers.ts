import {
  bindingSplits,
  formatNpy,
  isDataError,
  parseCifarBatch,
  parseCifarLabels,
  parseCifarSheet,
  parseNpy,
  parsePickle,
} from "@muir/data";
import type { HostileReader } from "@muir/test-kit";
import { encode } from "fast-png";
import { numberedImages, officialBytes } from "../images/numbered-images.js";
import { bindingPlain, smallRecords } from "../sequences/binding-pickles.js";
import { pickleBytes } from "../sequences/pickle-bytes.js";

const isRefusal = isDataError;
const requireSize = (size: number, expected: number) => {
  if (size !== expected) throw new Error(`${expected} numbers; got ${size}`);
};
const latin = (text: string) => Buffer.from(text, "latin1");

const npy: HostileReader = {
  name: "npy",
  files: [
    formatNpy({ shape: [2, 3], data: Float32Array.of(1, -2, 3.5, 0.25, Number.NaN, 0) }),
    formatNpy({ shape: [3], data: Float64Array.of(0.1, 2, 3) }),
    formatNpy({ shape: [], data: Float32Array.of(7.5) }),
    formatNpy({ shape: [0, 4], data: new Float32Array() }),
  ],
  words: [
    "<f8",
    "<f4",
    ">f4",
    "True",
    "(",
    ")",
    "L,",
    "'shape': ",
    "[('a', '<f4')]",
    "9007199254740991,",
  ],
  isRefusal,
  read(bytes) {
    const { shape, data } = parseNpy(bytes, "x.npy");
    requireSize(
      data.length,
      shape.reduce((product, size) => product * size, 1),
    );
  },
};

const cifarBatch: HostileReader = {
  name: "CIFAR batch",
  files: [officialBytes(numberedImages(2))],
  isRefusal,
  read(bytes) {
    const { labels } = parseCifarBatch(bytes, { name: "data_batch_1.bin", records: 2 });
    if (labels.some((label) => label > 9)) throw new Error(`labels ${labels}`);
  },
};

const sheet = numberedImages(1);
const cifarSheet: HostileReader = {
  name: "CIFAR sheet (PNG)",
  files: [
    encode({ width: 1024, height: 1, data: sheet.pixels, channels: 3 }),
    encode({ width: 1024, height: 1, data: new Uint8Array(3072), channels: 3 }),
  ],
  words: ["IDAT", "IHDR", "IEND", "PLTE", "iCCP", "tRNS", "tEXt"],
  isRefusal,
  read(bytes) {
    const { pixels } = parseCifarSheet({ png: bytes, labels: [0], name: "data_batch_1.png" });
    requireSize(pixels.length, 3072);
  },
};

const cifarLabels: HostileReader = {
  name: "CIFAR labels (JSON)",
  files: [Buffer.from("[3, 0, 9, 1]"), Buffer.from("[]")],
  words: ["[", "]", "{", '"__proto__":', "1e999", "null", '"\\u2028"'],
  isRefusal,
  read(bytes) {
    const labels = parseCifarLabels(new TextDecoder().decode(bytes), "train_lables.json");
    if (labels.some((label) => ![0, 1, 2, 3, 4, 5, 6, 7, 8, 9].includes(label))) {
      throw new Error(`labels ${labels}`);
    }
  },
};

const OPCODES = [
  ...[
    "B\xfb\xff\xff\xff",
    "\x8a\x01\xff",
    "\x8b\xff\xff\xff\x7f",
    "cos\nsystem\n",
    "\x93",
    "R",
    "b",
  ],
  ...[
    "}",
    "]",
    "(",
    "2",
    "h\x00",
    "q\x00",
    "e",
    "u",
    "s",
    "a",
    "0",
    "1",
    "\x94",
    "\x95",
    "\x81",
    "d",
  ],
  ...["X\x09\x00\x00\x00__proto__", "X\x0b\x00\x00\x00constructor", "I-1\n", "F1e9\n", "L5L\n"],
].map(latin);
const plain = bindingPlain(smallRecords);
const pickle: HostileReader = {
  name: "pickle",
  files: [
    pickleBytes(plain.reads),
    pickleBytes([1, -7, 0.5, "ACGT", null, true, { pair: [1, "a"] }, new Map([["__proto__", 1]])]),
    latin("(dp0\nS'a'\np1\n(lp2\nI-3\naL7L\naF-1.5e-3\naI01\nas."),
    latin("\x80\x04\x95\x11\x00\x00\x00\x00\x00\x00\x00}\x94(\x8c\x01a\x94]\x94(K\x01Meu."),
    Buffer.from("gAJ9cQBLAV1xAShYAQAAAGFxAksCRz/gAAAAAAAAhnEDZXMu", "base64"),
  ],
  words: OPCODES,
  isRefusal,
  read: (bytes) => parsePickle(bytes, "x.pkl"),
};

/** The three pickles of a binding set, one of them damaged: the first byte says which. */
const FIELDS = ["dna", "reads", "splits"] as const;
const binding: HostileReader = {
  name: "binding set (three pickles)",
  files: FIELDS.map((field, i) => Buffer.concat([Buffer.of(i), pickleBytes(plain[field])])),
  words: OPCODES,
  isRefusal,
  read(bytes) {
    const damaged = FIELDS[(bytes[0] ?? 0) % 3]!;
    const of = (field: (typeof FIELDS)[number]) =>
      parsePickle(
        field === damaged ? bytes.subarray(1) : pickleBytes(plain[field]),
        `${field}.pkl`,
      );
    const pickles = { dna: of("dna"), reads: of("reads"), splits: of("splits") };
    const { train } = bindingSplits(pickles, { length: 4 }).splits;
    requireSize(train.batch(Int32Array.of(0, train.size - 1)).inputs.data.length, 8);
  },
};

/** The readers of bytes. */
export const parsers: readonly HostileReader[] = [
  ...[npy, cifarBatch, cifarSheet, cifarLabels, pickle, binding],
];
