import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";

/** Numbers with a shape, row-major. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

/** A weight that blocks generate: its first location, and how it is cut. */
export interface GeneratedWeight {
  readonly shape: readonly number[];
  readonly layout: "dense" | "conv1d" | "conv2d" | "lstm";
  readonly location: number;
}

/** What a program is given: tensors, and weights that it generates itself. */
export type Folder = Readonly<Record<string, Numbers | GeneratedWeight>>;

const isGenerated = (entry: Numbers | GeneratedWeight): entry is GeneratedWeight =>
  "location" in entry;

/**
 * Writes tensors by name as `benchmarks/pytorch/README.md` says: `<kind>.json` with shapes and places,
 * `<kind>.bin` with the numbers.
 */
export function writeFolder(folder: string, entries: Folder, kind = "tensors"): void {
  const file = openSync(join(folder, `${kind}.bin`), "w");
  let offset = 0;
  const described: Record<string, object> = {};
  for (const [name, entry] of Object.entries(entries)) {
    if (isGenerated(entry)) {
      described[name] = { ...entry, dtype: "float32" };
      continue;
    }
    const { shape, values } = entry;
    described[name] = { shape, dtype: dtypeOf(values), offset };
    writeSync(file, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    offset += values.byteLength;
  }
  closeSync(file);
  writeFileSync(join(folder, `${kind}.json`), JSON.stringify(described));
}

/** Reads what {@link writeFolder} wrote. */
export function readFolder(folder: string, kind = "tensors"): Folder {
  const described = JSON.parse(readFileSync(join(folder, `${kind}.json`), "utf8")) as Record<
    string,
    GeneratedWeight & { dtype: "float32" | "int32"; offset: number }
  >;
  const bytes = readFileSync(join(folder, `${kind}.bin`));
  const entries = Object.entries(described).map(([name, { shape, dtype, offset, ...place }]) => {
    if (place.location !== undefined) return [name, { shape, ...place }];
    const count = shape.reduce((product, size) => product * size, 1);
    const own = bytes.buffer.slice(
      bytes.byteOffset + offset,
      bytes.byteOffset + offset + 4 * count,
    );
    const values = dtype === "int32" ? new Int32Array(own) : new Float32Array(own);
    return [name, { shape, values }];
  });
  return Object.fromEntries(entries) as Folder;
}

const dtypeOf = (values: Numbers["values"]) => (values instanceof Int32Array ? "int32" : "float32");
