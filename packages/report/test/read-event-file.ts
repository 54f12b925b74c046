import { PbfReader } from "pbf";
import { expect } from "vitest";

/** An event as any reader of protocol buffers finds it. */
export interface ReadEvent {
  wallTime: number;
  step: number;
  fileVersion?: string;
  scalars: Record<string, number>;
}

/** Reads a file of events with another library's decoder, and checks both checksums of each record. */
export function readEventFile(file: Uint8Array): ReadEvent[] {
  const bytes = Buffer.from(file);
  const events: ReadEvent[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = Number(bytes.readBigUInt64LE(at));
    const data = bytes.subarray(at + 12, at + 12 + length);
    expect(unmasked(bytes.readUInt32LE(at + 8))).toBe(slowCrc32c(bytes.subarray(at, at + 8)));
    expect(unmasked(bytes.readUInt32LE(at + 12 + length))).toBe(slowCrc32c(data));
    events.push(readEvent(data));
    at += 16 + length;
  }
  return events;
}

/** https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/util/event.proto */
function readEvent(data: Uint8Array): ReadEvent {
  const event: ReadEvent = { wallTime: 0, step: 0, scalars: {} };
  return new PbfReader(data).readFields((field, event, reader) => {
    if (field === 1) event.wallTime = reader.readDouble();
    else if (field === 2) event.step = reader.readVarint();
    else if (field === 3) event.fileVersion = reader.readString();
    else if (field === 5) {
      reader.readMessage((field, event, reader) => {
        if (field !== 1) return;
        const value = reader.readMessage(
          (field, value, reader) => {
            if (field === 1) value.tag = reader.readString();
            if (field === 2) value.number = reader.readFloat();
          },
          { tag: "", number: Number.NaN },
        );
        // not an assignment, which would take "__proto__" for the prototype
        event.scalars = { ...event.scalars, ...Object.fromEntries([[value.tag, value.number]]) };
      }, event);
    }
  }, event);
}

function unmasked(masked: number): number {
  const rotated = (masked - 0xa282ead8) >>> 0;
  return ((rotated >>> 17) | (rotated << 15)) >>> 0;
}

/** The remainder of the polynomial division, bit by bit, not by a table. */
export function slowCrc32c(bytes: Uint8Array): number {
  let remainder = 0xffffffff;
  for (const byte of bytes) {
    for (let bit = 0; bit < 8; bit++) {
      const top = (remainder ^ (byte >> bit)) & 1;
      remainder = (remainder >>> 1) ^ (top === 1 ? 0x82f63b78 : 0);
    }
  }
  return (remainder ^ 0xffffffff) >>> 0;
}
