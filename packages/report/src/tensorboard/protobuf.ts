/** The fields of a protocol buffer's message, as they are written. https://protobuf.dev/programming-guides/encoding */

/** A field that holds a whole number of at least 0, up to 2^53. */
export function varintField(field: number, value: number): Uint8Array {
  return Uint8Array.from([...varint(field * 8), ...varint(value)]);
}

/** A field that holds a double. */
export function doubleField(field: number, value: number): Uint8Array {
  const bytes = Buffer.alloc(9);
  bytes[0] = field * 8 + 1;
  bytes.writeDoubleLE(value, 1);
  return bytes;
}

/** A field that holds a float. */
export function floatField(field: number, value: number): Uint8Array {
  const bytes = Buffer.alloc(5);
  bytes[0] = field * 8 + 5;
  bytes.writeFloatLE(value, 1);
  return bytes;
}

/** A field that holds a text, or another message as the fields it has. */
export function bytesField(field: number, content: string | readonly Uint8Array[]): Uint8Array {
  const bytes = typeof content === "string" ? Buffer.from(content) : Buffer.concat([...content]);
  return Buffer.concat([
    Uint8Array.from([...varint(field * 8 + 2), ...varint(bytes.length)]),
    bytes,
  ]);
}

/** Seven bits a byte, the lowest first; the top bit says that more follow. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}
