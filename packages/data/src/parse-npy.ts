import { DataError } from "./data-error.js";
import { elementCount } from "./element-count.js";
import type { FloatArray } from "./float-array.js";
import { indexInAxes } from "./index-in-axes.js";
import { excerpt, parseNpyHeader } from "./npy-header.js";

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY
const LONGEST_HEADER = 10_000; // as numpy.load; a header of plain numbers takes about a hundred
const BYTES: Readonly<Record<string, number>> = { "<f4": 4, "<f8": 8 };

/**
 * Reads an array in NumPy's `.npy` format, versions 1.0 to 3.0: float32 or float64, little-endian,
 * C order, of any shape. Float64 is rounded to float32.
 *
 * Safe on any bytes: nothing is evaluated, and nothing is allocated before the length that the
 * header promises was found to be the length that is there.
 *
 * @param bytes the whole file.
 * @param name what errors call it, usually its path.
 * @throws {DataError} if the bytes are not such a file, are truncated or go on after the data, or
 *   if a float64 lies beyond the range of float32. NaN and infinities are values like any other.
 * @example
 * ```ts
 * const { shape, data } = parseNpy(await readFile("train_X.npy"), "train_X.npy");
 * ```
 */
export function parseNpy(bytes: Uint8Array, name: string): FloatArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { start, text } = headerOf(view, name);
  const { descr, fortranOrder, shape } = parseNpyHeader(text, name);
  const width = BYTES[descr];
  if (width === undefined) {
    throw new DataError(
      `${name}: the numbers must be float32 ('<f4') or float64 ('<f8'), little-endian; got ${excerpt(descr)}. Save array.astype("<f4").`,
    );
  }
  if (fortranOrder) {
    throw new DataError(
      `${name}: the numbers must be in C order; got Fortran order. Save numpy.ascontiguousarray(array).`,
    );
  }
  const count = elementCount(shape);
  const end = start + count * width;
  if (bytes.length < end) {
    throw new DataError(
      `${name}: truncated: shape [${shape}] of ${descr} takes ${end} bytes; got ${bytes.length}. Copy or save the file again.`,
    );
  }
  if (bytes.length > end) {
    throw new DataError(
      `${name}: ${bytes.length - end} bytes too many: shape [${shape}] of ${descr} ends at byte ${end}; got ${bytes.length}. Save one array a file.`,
    );
  }
  const data = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const at = start + i * width;
    const value = width === 4 ? view.getFloat32(at, true) : view.getFloat64(at, true);
    data[i] = value;
    if (Number.isFinite(value) && !Number.isFinite(data[i])) {
      throw new DataError(
        `${name}: the value at [${indexInAxes(i, shape).join(", ")}] must lie within float32's range; got ${value}. Scale the numbers down.`,
      );
    }
  }
  return { shape, data };
}

/** Where the data starts, and the text before it. */
function headerOf(view: DataView, name: string): { start: number; text: string } {
  const size = view.byteLength;
  const first = Array.from({ length: Math.min(size, MAGIC.length) }, (_, i) => view.getUint8(i));
  if (size === 0 || first.some((byte, i) => byte !== MAGIC[i])) {
    const got = first.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    throw new DataError(
      `${name}: not a .npy file: it must begin with the bytes 93 4e 55 4d 50 59; got ${got || "no bytes"}. Write it with numpy.save.`,
    );
  }
  requireBytes(8);
  const major = view.getUint8(6);
  const minor = view.getUint8(7);
  if (major < 1 || major > 3 || minor !== 0) {
    throw new DataError(
      `${name}: the .npy version (bytes 6 and 7) must be 1.0, 2.0 or 3.0; got ${major}.${minor}. Write it with numpy.save.`,
    );
  }
  const from = major === 1 ? 10 : 12;
  requireBytes(from);
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > LONGEST_HEADER) {
    throw new DataError(
      `${name}: the header (from byte ${from}) must take at most ${LONGEST_HEADER} bytes; got ${length}. Save a plain array of numbers.`,
    );
  }
  const start = from + length;
  requireBytes(start);
  const header = new Uint8Array(view.buffer, view.byteOffset + from, length);
  // Version 3.0 is UTF-8, but a header outside ASCII describes a structured type, which is refused
  return { start, text: new TextDecoder("latin1").decode(header) };

  function requireBytes(least: number) {
    if (size < least) {
      throw new DataError(
        `${name}: truncated: the header takes at least ${least} bytes; got ${size}. Copy or save the file again.`,
      );
    }
  }
}
