import { remedy } from "./fields.js";
import type { RunConfig } from "./run-record.js";

/**
 * Reads an `alignment.bin`: little-endian int32, `[rows, locations]`.
 *
 * An incomplete last row is what a crash leaves behind; it is left out and `cut` is true.
 *
 * @throws {RangeError} if there is no whole row, or an entry is no hypermodule; it names the byte.
 */
export function parseAlignments(
  bytes: Uint8Array,
  { locations, modules }: RunConfig,
): { alignments: Int32Array; cut: boolean } {
  const rowBytes = 4 * locations;
  const rows = locations === 0 ? 0 : Math.floor(bytes.length / rowBytes);
  if (locations === 0 ? bytes.length > 0 : rows === 0) {
    throw new RangeError(
      `readRun: alignment.bin must hold ${locations === 0 ? "nothing, as the run has no locations" : `at least one row of ${rowBytes} bytes, 4 for each of ${locations} locations`}; got ${bytes.length} bytes. ${remedy}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const alignments = new Int32Array(rows * locations);
  for (let i = 0; i < alignments.length; i++) {
    const module = view.getInt32(4 * i, true);
    if (module < 0 || module >= modules) {
      throw new RangeError(
        `readRun: alignment.bin must hold hypermodules 0 to ${modules - 1}; got ${module} at byte ${4 * i} (generation ${Math.floor(i / locations)}, location ${i % locations}). ${remedy}`,
      );
    }
    alignments[i] = module;
  }
  return { alignments, cut: bytes.length > rows * rowBytes };
}
