/** A safetensors file, read the plain way. https://github.com/huggingface/safetensors#format */
export interface SafeTensors {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: Readonly<Record<string, { shape: number[]; data: Float32Array | Int32Array }>>;
}

interface Entry {
  readonly dtype: "F32" | "I32";
  readonly shape: number[];
  readonly data_offsets: [number, number];
}

/**
 * Reads a whole file.
 *
 * @throws {Error} if the tensors do not cover it exactly, each byte once, or one has the wrong length.
 */
export function readSafeTensors(bytes: Uint8Array): SafeTensors {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 8 + Number(view.getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, start)));
  const { __metadata__: metadata, ...rest } = header;
  const entries = Object.entries(rest as Record<string, Entry>);
  const ranges = entries.map(([, { data_offsets }]) => data_offsets).sort((a, b) => a[1] - b[1]);
  let covered = 0;
  for (const [begin, end] of ranges) {
    if (begin !== covered) throw new Error(`the bytes from ${covered} to ${begin} are no tensor's`);
    covered = end;
  }
  if (start + covered !== bytes.length) throw new Error(`the file goes on after byte ${covered}`);
  const tensors = entries.map(
    ([
      name,
      {
        dtype,
        shape,
        data_offsets: [begin, end],
      },
    ]) => {
      const size = shape.reduce((product, axis) => product * axis, 1);
      if (end - begin !== 4 * size) throw new Error(`${name} has ${end - begin} bytes`);
      const own = Uint8Array.from(bytes.subarray(start + begin, start + end)).buffer;
      return [name, { shape, data: dtype === "F32" ? new Float32Array(own) : new Int32Array(own) }];
    },
  );
  return { metadata, tensors: Object.fromEntries(tensors) };
}
