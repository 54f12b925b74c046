import { crc32c } from "./crc32c.js";

/**
 * Bytes as one record of a TFRecord file: eight bytes of length, a checksum of them, the bytes, and a
 * checksum of those; all little-endian.
 * https://www.tensorflow.org/tutorials/load_data/tfrecord#tfrecords_format_details
 */
export function tfRecord(data: Uint8Array): Uint8Array {
  const record = Buffer.alloc(16 + data.length);
  record.writeBigUInt64LE(BigInt(data.length), 0);
  record.writeUInt32LE(masked(crc32c(record.subarray(0, 8))), 8);
  record.set(data, 12);
  record.writeUInt32LE(masked(crc32c(data)), 12 + data.length);
  return record;
}

/** So that a checksum of bytes which hold checksums tells something, too. */
function masked(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
