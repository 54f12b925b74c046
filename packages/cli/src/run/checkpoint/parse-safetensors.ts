import { endianness } from "node:os";
import type { SnapshotTensor } from "@muir/trainer";
import { CheckpointError } from "./checkpoint-error.js";

/** What a safetensors file holds. */
export interface Safetensors {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: Readonly<Record<string, SnapshotTensor>>;
}

/** What the format itself allows a header to take. */
const MOST_HEADER_BYTES = 100_000_000;

/**
 * Reads a safetensors file of float32 and int32 tensors.
 *
 * Nothing in the file is believed before it is checked, so memory stays within a small multiple of the
 * file. Tensors share the memory of `bytes` where it is aligned for them.
 *
 * @throws {CheckpointError} in one line, if it is no such file.
 */
export function parseSafetensors(bytes: Uint8Array): Safetensors {
  const { entries, metadata, start } = readHeader(bytes);
  const size = bytes.length - start;
  let covered = 0;
  for (const { name, shape, begin, end } of [...entries].sort((a, b) => a.end - b.end)) {
    const count = shape.reduce((product, axis) => product * axis, 1);
    if (end - begin !== 4 * count) {
      refuse(`"${shortened(name)}" must take 4 bytes a number of [${shape}]; got ${end - begin}`);
    }
    if (begin !== covered) refuse(`tensors must follow one another; byte ${covered} has no owner`);
    covered = end;
  }
  if (covered !== size) refuse(`tensors must take all ${size} bytes; they take ${covered}`);
  const named = entries.map(({ name, dtype, shape, begin, end }) => {
    const data = numbers(bytes.subarray(start + begin, start + end), dtype);
    return [name, { shape, data }];
  });
  return { metadata, tensors: Object.fromEntries(named) };
}

interface Entry {
  readonly name: string;
  readonly dtype: "F32" | "I32";
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

function readHeader(bytes: Uint8Array) {
  if (bytes.length < 8) refuse(`a file must begin with 8 bytes of length; got ${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length > Math.min(bytes.length - 8, MOST_HEADER_BYTES)) {
    refuse(
      `the header must lie within the file; got a length of ${length} of ${bytes.length} bytes`,
    );
  }
  const header = parseJson(bytes.subarray(8, 8 + length));
  if (!isRecord(header)) refuse("the header must be a JSON object");
  const { __metadata__: metadata = {}, ...rest } = header;
  if (!isRecord(metadata) || !Object.values(metadata).every((word) => typeof word === "string")) {
    refuse("__metadata__ must hold words");
  }
  const entries = Object.entries(rest).map(([name, entry]) => checkedEntry(name, entry));
  return { entries, metadata: metadata as Record<string, string>, start: 8 + length };
}

function checkedEntry(name: string, entry: unknown): Entry {
  const { dtype, shape, data_offsets: offsets } = isRecord(entry) ? entry : {};
  const areSizes = (list: unknown): list is number[] =>
    Array.isArray(list) && list.every((n) => Number.isSafeInteger(n) && n >= 0);
  if (dtype !== "F32" && dtype !== "I32") {
    refuse(`"${shortened(name)}" must be F32 or I32; got ${shortened(JSON.stringify(dtype))}`);
  }
  if (!areSizes(shape) || !areSizes(offsets) || offsets.length !== 2) {
    refuse(`"${shortened(name)}" must have a shape and two offsets`);
  }
  const [begin, end] = offsets as [number, number];
  return { name, dtype, shape, begin, end };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return refuse("the header must be JSON");
  }
}

function numbers(bytes: Uint8Array, dtype: Entry["dtype"]): SnapshotTensor["data"] {
  const aligned = bytes.byteOffset % 4 === 0 && endianness() === "LE";
  const own = aligned ? bytes : Uint8Array.from(bytes);
  if (endianness() !== "LE") Buffer.from(own.buffer).swap32();
  const made = dtype === "F32" ? Float32Array : Int32Array;
  return new made(own.buffer as ArrayBuffer, own.byteOffset, own.byteLength / 4);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const shortened = (text: string | undefined) => String(text).replaceAll(/\s/g, " ").slice(0, 60);

function refuse(problem: string): never {
  throw new CheckpointError(`safetensors: ${problem}.`);
}
