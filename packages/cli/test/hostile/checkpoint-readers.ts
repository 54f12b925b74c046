import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { HostileReader } from "@muir/test-kit";
import { CheckpointError } from "../../src/run/checkpoint/checkpoint-error.js";
import { checkpointParts } from "../../src/run/checkpoint/checkpoint-parts.js";
import { CHECKSUMS, formatChecksums } from "../../src/run/checkpoint/checksums.js";
import { formatSafetensors } from "../../src/run/checkpoint/format-safetensors.js";
import { FORMAT, MANIFEST, VERSION } from "../../src/run/checkpoint/manifest.js";
import { parseSafetensors } from "../../src/run/checkpoint/parse-safetensors.js";
import { readCheckpoint } from "../../src/run/checkpoint/read-checkpoint.js";
import { another, checkpoint, run } from "../checkpoint/checkpoints.js";

const isRefusal = (error: unknown): error is CheckpointError => error instanceof CheckpointError;

const HEADER = [
  '"__metadata__":',
  '"dtype":"F32"',
  '"data_offsets":[0,4]',
  '"shape":[',
  "1e99",
  "-1",
  "{",
];
const RECORD = [
  '"training":',
  '"latest":',
  '"bytes":',
  '"__proto__":',
  '"best":',
  "null",
  "[",
  "{",
  "1e999",
];

/** The readers of checkpoints. Those of files in one get checksums that are right, so that what is damaged is read. */
export function checkpointReaders(folder: string): readonly HostileReader[] {
  const files = wholeFiles();
  return [
    {
      name: "safetensors",
      files: [files["latest.safetensors"]!],
      words: HEADER,
      isRefusal,
      read: parseSafetensors,
    },
    ...Object.keys(files).map((name) => inCheckpoint(folder, name, files)),
    inCheckpoint(folder, CHECKSUMS, files),
  ];
}

type Files = Readonly<Record<string, Uint8Array>>;

/** A whole checkpoint, without its checksums. */
function wholeFiles(): Files {
  const { training, files } = checkpointParts({ ...checkpoint, best: another.best });
  const written = Object.entries(files).map(([name, tensors]): [string, Uint8Array] => [
    name,
    Buffer.concat(formatSafetensors(tensors, { format: FORMAT })),
  ]);
  const bytes = Object.fromEntries(written.map(([name, { length }]) => [name, length]));
  const manifest = { format: FORMAT, version: VERSION, muir: "0.0.0", bytes, training, run };
  return { ...Object.fromEntries(written), [MANIFEST]: Buffer.from(JSON.stringify(manifest)) };
}

function inCheckpoint(folder: string, name: string, whole: Files): HostileReader {
  const place = join(folder, `checkpoint with ${name}`);
  return {
    name: `${name} of a checkpoint`,
    files: [name === CHECKSUMS ? checksumsOf(whole) : whole[name]!],
    words: name === MANIFEST ? RECORD : HEADER,
    weight: 0.3,
    isRefusal,
    async read(bytes) {
      mkdirSync(place, { recursive: true });
      const files = name === CHECKSUMS ? whole : { ...whole, [name]: bytes };
      for (const [file, content] of Object.entries(files))
        writeFileSync(join(place, file), content);
      writeFileSync(join(place, CHECKSUMS), name === CHECKSUMS ? bytes : checksumsOf(files));
      await readCheckpoint(place);
    },
  };
}

function checksumsOf(files: Files): Uint8Array {
  const sums = Object.entries(files).map(([name, bytes]) => [
    name,
    createHash("sha256").update(bytes).digest("hex"),
  ]);
  return Buffer.from(formatChecksums(Object.fromEntries(sums)));
}
