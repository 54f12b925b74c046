const codes = (letters: string) => [...letters].map((letter) => letter.charCodeAt(0));

/** Opcodes that make numbers, strings, lists, tuples and dictionaries, or keep them for later. */
const PLAIN = [
  ...codes(".(012NIJKLMFSUTVXG)]}tleasudpqrghj"),
  ...[0x80, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8c, 0x8d, 0x94, 0x95],
];
/** Those that name a class or function. The library asks its resolvers, which say so when they refuse. */
const NAMING = [...codes("ciPQ"), 0x82, 0x83, 0x84, 0x93];
const KNOWN = new Set([...PLAIN, ...NAMING]);

const [MARK, DICT] = codes("(d") as [number, number];
const WHOLE = new Set(codes("ILpg"));
const TEXT = new Set(codes("SV"));
const FLOAT = codes("F")[0];

/**
 * Why an opcode is refused, if it is. Sets, byte strings and objects are no plain data; the library
 * reads some of their opcodes again for ever, or copies a list as often as one byte asks it to.
 */
export function problemOfOpcode(opcode: number, before: number): string | undefined {
  if (!KNOWN.has(opcode)) return `opcode 0x${opcode.toString(16)}, which plain data does without`;
  // the library would lose what is in it; Python writes a dictionary empty, and then fills it
  if (opcode === DICT && before !== MARK) return "a dictionary in one piece";
  return undefined;
}

/** Why a whole number in two's complement, little-endian, is refused: the library reads no sign and 53 bits. */
export function problemOfLong(bytes: Uint8Array): string | undefined {
  if ((bytes.at(-1) ?? 0) > 0x7f) return "a negative whole number of type long or below -2^31";
  const large = (bytes[6] ?? 0) > 0x1f || bytes.subarray(7).some((byte) => byte > 0);
  return large ? "a whole number of 2^53 or more" : undefined;
}

/** Why the line of an opcode of protocol 0 is refused: the library reads what begins like a number, and no escapes. */
export function problemOfLine(opcode: number, line: string): string | undefined {
  if (WHOLE.has(opcode)) {
    const digits = /^([+-]?\d{1,20})L?$/.exec(line)?.[1];
    return Number.isSafeInteger(Number(digits)) ? undefined : "a whole number that is none";
  }
  if (opcode === FLOAT) {
    return /^[+-]?\d+(\.\d*)?(e[+-]?\d+)?$/i.test(line) ? undefined : "a number that is none";
  }
  return TEXT.has(opcode) && line.includes("\\") ? "an escape in a string" : undefined;
}
