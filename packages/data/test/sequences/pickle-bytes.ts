/** What the tests pickle. Numbers that are whole become integers. */
export type Plain = number | string | null | boolean | Plain[] | Pair | Map<Plain, Plain>;

/** A tuple of two. */
export interface Pair {
  readonly pair: readonly [Plain, Plain];
}

/** `value` as Python's protocol 2 writes it, without its memo. */
export function pickleBytes(value: Plain): Uint8Array {
  return Buffer.concat([Buffer.of(0x80, 2), written(value), Buffer.from(".")]);
}

function written(value: Plain): Buffer {
  if (value === null) return Buffer.from("N");
  if (typeof value === "boolean") return Buffer.of(value ? 0x88 : 0x89);
  if (typeof value === "number") return Number.isInteger(value) ? integer(value) : real(value);
  if (typeof value === "string") return text(value);
  if (Array.isArray(value))
    return Buffer.concat([Buffer.from("]("), ...value.map(written), Buffer.from("e")]);
  if (value instanceof Map) {
    const items = [...value].flatMap(([key, item]) => [written(key), written(item)]);
    return Buffer.concat([Buffer.from("}("), ...items, Buffer.from("u")]);
  }
  return Buffer.concat([...value.pair.map(written), Buffer.of(0x86)]);
}

function integer(value: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes.write("J");
  bytes.writeInt32LE(value, 1);
  return bytes;
}

function real(value: number): Buffer {
  const bytes = Buffer.alloc(9);
  bytes.write("G");
  bytes.writeDoubleBE(value, 1);
  return bytes;
}

function text(value: string): Buffer {
  const letters = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(letters.length);
  return Buffer.concat([Buffer.from("X"), length, letters]);
}
