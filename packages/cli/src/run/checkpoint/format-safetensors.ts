import { endianness } from "node:os";
import type { SnapshotTensor } from "@muir/trainer";

/**
 * Tensors as the pieces of a safetensors file, to be written one after the other: eight bytes of header
 * length, a JSON header with each tensor's type, shape and place, then the numbers, little-endian. Any
 * safetensors reader opens it. https://github.com/huggingface/safetensors#format
 *
 * Pieces share the tensors' memory.
 *
 * @param metadata words about the whole file.
 */
export function formatSafetensors(
  tensors: Readonly<Record<string, SnapshotTensor>>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array[] {
  const entries: [string, unknown][] = [["__metadata__", metadata]];
  let offset = 0;
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    const end = offset + data.byteLength;
    const dtype = data instanceof Int32Array ? "I32" : "F32";
    entries.push([name, { dtype, shape, data_offsets: [offset, end] }]);
    offset = end;
  }
  const text = JSON.stringify(Object.fromEntries(entries));
  const length = Buffer.byteLength(text);
  const header = Buffer.from(text + " ".repeat((8 - (length % 8)) % 8)); // keeps the numbers aligned
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(header.length));
  return [size, header, ...Object.values(tensors).map(({ data }) => littleEndian(data))];
}

function littleEndian({ buffer, byteOffset, byteLength }: SnapshotTensor["data"]): Uint8Array {
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  return endianness() === "LE" ? bytes : Buffer.from(bytes).swap32();
}
