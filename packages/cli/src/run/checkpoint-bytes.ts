import type { Snapshot } from "@muir/trainer";

/**
 * A snapshot as a safetensors file: eight bytes of header length, a JSON header with each tensor's
 * type, shape and place, then the numbers. All that is no tensor is JSON in `__metadata__.muir`.
 *
 * Any safetensors reader opens it. https://github.com/huggingface/safetensors#format
 */
export function checkpointBytes(snapshot: Snapshot): Uint8Array {
  const { tensors, alignment, ...rest } = snapshot;
  const all = { ...tensors, alignment: { shape: [alignment.length], data: alignment } };
  const header: Record<string, unknown> = {
    __metadata__: { format: "muir-checkpoint", version: "1", muir: JSON.stringify(rest) },
  };
  let offset = 0;
  for (const [name, { shape, data }] of Object.entries(all)) {
    const end = offset + data.byteLength;
    const dtype = data instanceof Int32Array ? "I32" : "F32";
    header[name] = { dtype, shape, data_offsets: [offset, end] };
    offset = end;
  }
  const text = JSON.stringify(header);
  const length = Buffer.byteLength(text);
  const padded = Buffer.from(text + " ".repeat((8 - (length % 8)) % 8)); // keeps the numbers aligned
  const bytes = Buffer.alloc(8 + padded.length + offset);
  bytes.writeBigUInt64LE(BigInt(padded.length), 0);
  padded.copy(bytes, 8);
  offset = 8 + padded.length;
  for (const { data } of Object.values(all)) {
    Buffer.from(data.buffer, data.byteOffset, data.byteLength).copy(bytes, offset);
    offset += data.byteLength;
  }
  return bytes;
}
