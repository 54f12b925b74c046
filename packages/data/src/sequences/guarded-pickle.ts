import type { Parser } from "pickleparser";
import { problemOfLine, problemOfLong, problemOfOpcode } from "./plain-pickle.js";

/** What the library reads from. */
export type PickleSource = Parameters<Parser["read"]>[0];

const LONG1 = 0x8a;

/**
 * The bytes of a pickle as the library takes them, opcode by opcode. They end where the library would not
 * answer as Python does, see {@link problemOfOpcode}, and before a length that is not there is believed.
 *
 * @throws {Error} from any of its functions, saying what is wrong and where.
 */
export function guardedPickle(bytes: Uint8Array): PickleSource {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let position = 0;
  let opcode = 0;
  let atOpcode = true;

  /** Where the next `length` bytes begin, which are read by this. */
  function take(length: number): number {
    const start = position;
    if (!(length >= 0 && length <= bytes.length - start)) {
      throw new Error(`it ends within the ${length} bytes from byte ${start} on`);
    }
    position += length;
    return start;
  }

  function refuse(problem: string | undefined): void {
    if (problem !== undefined) throw new Error(`${problem}, before byte ${position}`);
  }

  function nextOpcode(): number {
    const before = opcode;
    opcode = view.getUint8(take(1));
    atOpcode = false;
    refuse(problemOfOpcode(opcode, before));
    return opcode;
  }

  return {
    hasNext() {
      atOpcode = true; // the library asks before each opcode, and at no other time
      return position < bytes.length;
    },
    byte: () => (atOpcode ? nextOpcode() : view.getUint8(take(1))),
    bytes(length) {
      const start = take(length);
      const read = bytes.subarray(start, position);
      if (opcode !== LONG1) return read;
      refuse(problemOfLong(read));
      return read.subarray(0, 8); // zeros follow
    },
    uint16: () => view.getUint16(take(2), true),
    int32: () => view.getInt32(take(4), true),
    uint32: () => view.getUint32(take(4), true),
    uint64: () => Number(view.getBigUint64(take(8), true)),
    float64: () => view.getFloat64(take(8), false),
    skip: (length) => void take(length),
    string(length, encoding) {
      const start = take(length);
      const text = decoder.decode(bytes.subarray(start, position));
      const ascii = encoding === "utf-8" || text.length === length;
      refuse(ascii ? undefined : "a letter outside ASCII in a byte string");
      return text;
    },
    line() {
      const end = bytes.indexOf(0x0a, position);
      if (end < 0) throw new Error(`the line from byte ${position} on has no end`);
      const text = decoder.decode(bytes.subarray(position, end));
      position = end + 1;
      refuse(problemOfLine(opcode, text));
      return text;
    },
  };
}
