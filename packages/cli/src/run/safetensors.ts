/** One tensor's numbers, row-major. */
export interface PlainTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

/** Named tensors, and texts that go with them. */
export interface TensorFile {
  readonly tensors: Readonly<Record<string, PlainTensor>>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Tensors as a safetensors file: eight bytes of header length, a JSON header with each tensor's
 * type, shape and place, then the numbers. Any safetensors reader opens it.
 * https://github.com/huggingface/safetensors#format
 */
export function safetensorsBytes({ tensors, metadata }: TensorFile): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let offset = 0;
  for (const [name, { shape, data }] of Object.entries(tensors)) {
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
  for (const { data } of Object.values(tensors)) {
    Buffer.from(data.buffer, data.byteOffset, data.byteLength).copy(bytes, offset);
    offset += data.byteLength;
  }
  return bytes;
}
