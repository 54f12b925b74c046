import { elementCount } from "./element-count.js";

const MOST_AXES = 32; // what every version of NumPy reads

/** Numbers that can be written as `.npy`. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}

/**
 * The bytes of a `.npy` file (version 1.0, C order, little-endian) that holds `array`, float32 or
 * float64 as its data is. `numpy.load` and {@link parseNpy} read it.
 *
 * @throws {RangeError} if the shape is not at most 32 axes of whole numbers, or the data does not
 *   fit it.
 * @example
 * ```ts
 * const bytes = formatNpy({ shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) });
 * bytes.length; // 144: a header of 128 bytes, then 4 numbers
 * parseNpy(bytes, "x.npy").shape; // [2, 2]
 * ```
 */
export function formatNpy({ shape, data }: NpyArray): Uint8Array {
  if (shape.length > MOST_AXES || !shape.every((size) => Number.isSafeInteger(size) && size >= 0)) {
    throw new RangeError(
      `formatNpy: shape must be at most ${MOST_AXES} whole numbers; got [${shape}].`,
    );
  }
  if (data.length !== elementCount(shape)) {
    throw new RangeError(
      `formatNpy: shape [${shape}] takes ${elementCount(shape)} numbers; got ${data.length}.`,
    );
  }
  const width = data.BYTES_PER_ELEMENT;
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const literal = `{'descr': '<f${width}', 'fortran_order': False, 'shape': ${tuple}, }`;
  // NumPy aligns the data to 64 bytes with spaces, and ends the header in a line feed
  const start = Math.ceil((10 + literal.length + 1) / 64) * 64;
  const header = `\x93NUMPY\x01\x00..${literal.padEnd(start - 11)}\n`;

  const bytes = new Uint8Array(start + data.length * width);
  for (let i = 0; i < start; i++) bytes[i] = header.charCodeAt(i);
  const view = new DataView(bytes.buffer);
  view.setUint16(8, start - 10, true);
  data.forEach((value, i) => {
    const at = start + i * width;
    if (width === 4) view.setFloat32(at, value, true);
    else view.setFloat64(at, value, true);
  });
  return bytes;
}
