import { DataError } from "./data-error.js";

/** What the header of a `.npy` file says about its data. */
export interface NpyHeader {
  /** The type string, such as `<f4`; for a structured type, its text. */
  readonly descr: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
}

// One `key: value,` of the literal, with the values a header may hold: string, boolean, tuple of
// whole numbers, and the list of a structured type. Anything else does not match.
const ENTRY =
  /\s*(?:'(\w+)'|"(\w+)")\s*:\s*('[^']*'|"[^"]*"|True|False|\([\d\sL,]*\)|\[.*\])\s*(?:,|$)/sy;
// What a tuple holds; one number alone needs its comma. Python 2 wrote 3L for 3.
const DIMENSIONS = /^\s*(?:\d+L?\s*,\s*(?:\d+L?\s*,\s*)*(?:\d+L?\s*)?)?$/;

/**
 * Reads the Python literal in a `.npy` header: a dictionary with exactly the keys `descr`,
 * `fortran_order` and `shape`, in any order. Matches text only; nothing is ever evaluated.
 *
 * @param name what errors call the file.
 * @throws {DataError} if the text is anything else.
 * @example
 * ```ts
 * parseNpyHeader("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", "x.npy").shape; // [2, 3]
 * ```
 */
export function parseNpyHeader(text: string, name: string): NpyHeader {
  const entries = entriesOf(text.trim());
  const descr = entries?.get("descr");
  const fortranOrder = entries?.get("fortran_order");
  const shape = shapeOf(entries?.get("shape"));
  const complete =
    entries?.size === 3 &&
    descr !== undefined &&
    /^['"[]/.test(descr) &&
    (fortranOrder === "True" || fortranOrder === "False") &&
    shape !== undefined;
  if (!complete) {
    throw new DataError(
      `${name}: the header must be {'descr': …, 'fortran_order': …, 'shape': …}; got ${excerpt(text)}. Write the file with numpy.save.`,
    );
  }
  return {
    descr: descr.startsWith("[") ? descr : descr.slice(1, -1),
    fortranOrder: fortranOrder === "True",
    shape,
  };
}

function entriesOf(text: string): Map<string, string> | undefined {
  if (!text.startsWith("{") || !text.endsWith("}")) return undefined;
  const inside = text.slice(1, -1).trim();
  const entries = new Map<string, string>();
  for (ENTRY.lastIndex = 0; ENTRY.lastIndex < inside.length; ) {
    const match = ENTRY.exec(inside); // null sets lastIndex back to 0, so it must leave the loop
    const key = match?.[1] ?? match?.[2];
    if (!match || key === undefined || entries.has(key)) return undefined;
    entries.set(key, match[3]!);
  }
  return entries;
}

function shapeOf(tuple: string | undefined): number[] | undefined {
  if (!tuple?.startsWith("(")) return undefined;
  const inside = tuple.slice(1, -1);
  if (!DIMENSIONS.test(inside)) return undefined;
  const shape = (inside.match(/\d+/g) ?? []).map(Number);
  return shape.every(Number.isSafeInteger) ? shape : undefined;
}

/** Text of a file as one short line. */
export function excerpt(text: string): string {
  const short = text.length > 80 ? `${text.slice(0, 80)}…` : text.trimEnd();
  // JSON leaves these as they are, and some of them end a line
  return JSON.stringify(short).replace(/[\u007f-\u009f\u2028\u2029]/g, "�");
}
