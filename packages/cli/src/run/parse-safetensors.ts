import type { PlainTensor, TensorFile } from "./safetensors.js";

/**
 * Reads a safetensors file of float32 and int32 tensors, which must cover it without a gap.
 *
 * @param name what errors call the file.
 * @throws {Error} in one line, naming the file and what is wrong with it.
 */
export function parseSafetensors(bytes: Uint8Array, name: string): TensorFile {
  const wrong = (what: string) =>
    new Error(`${name}: must be a safetensors file as muir writes it; ${what}.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8) throw wrong(`it ends after ${bytes.length} bytes`);
  const start = 8 + Number(view.getBigUint64(0, true));
  if (start > bytes.length) throw wrong(`its header ends behind the file, at byte ${start}`);
  const { __metadata__: metadata = {}, ...entries } = headerOf(bytes.subarray(8, start), wrong);
  const tensors: Record<string, PlainTensor> = {};
  let end = start;
  for (const [key, entry] of Object.entries(entries)) {
    const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Partial<Entry>;
    const size = Array.isArray(shape) && shape.every(isCount) ? product(shape) : Number.NaN;
    const fits =
      Array.isArray(offsets) && offsets[0] === end - start && offsets[1] === offsets[0] + 4 * size;
    if (!fits || start + offsets[1]! > bytes.length || (dtype !== "F32" && dtype !== "I32")) {
      throw wrong(
        `its entry ${JSON.stringify(key)} does not fit: ${JSON.stringify(entry)}`.slice(0, 200),
      );
    }
    end = start + offsets[1]!;
    const own = Uint8Array.from(bytes.subarray(end - 4 * size, end)).buffer; // numbers must stand at multiples of four
    tensors[key] = {
      shape: shape!,
      data: dtype === "F32" ? new Float32Array(own) : new Int32Array(own),
    };
  }
  if (end !== bytes.length) throw wrong(`it goes on after its last tensor, from byte ${end} on`);
  return { tensors, metadata: metadata as Record<string, string> };
}

interface Entry {
  readonly dtype: string;
  readonly shape: number[];
  readonly data_offsets: [number, number];
}

function headerOf(bytes: Uint8Array, wrong: (what: string) => Error): Record<string, unknown> {
  try {
    const header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof header === "object" && header !== null && !Array.isArray(header)) return header;
  } catch {
    // said below
  }
  throw wrong("its header is no JSON object");
}

const isCount = (size: unknown) => Number.isSafeInteger(size) && (size as number) >= 0;
const product = (shape: readonly number[]) => shape.reduce((all, size) => all * size, 1);
