/** One way to damage a file. Places and lengths are taken modulo what is there, so that any number will do. */
export type Mutation =
  | { readonly kind: "flip"; readonly at: number; readonly bit: number }
  | { readonly kind: "overwrite" | "insert"; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: "delete"; readonly at: number; readonly length: number }
  | {
      readonly kind: "repeat";
      readonly at: number;
      readonly length: number;
      readonly times: number;
    }
  | { readonly kind: "swap"; readonly at: number; readonly to: number; readonly length: number }
  | { readonly kind: "truncate"; readonly at: number }
  | { readonly kind: "replace"; readonly bytes: Uint8Array };

/** A damaged copy of `file`. */
export function mutate(file: Uint8Array, mutation: Mutation): Uint8Array {
  if (mutation.kind === "replace") return copyOf(mutation.bytes);
  const at = file.length === 0 ? 0 : mutation.at % file.length;
  switch (mutation.kind) {
    case "flip": {
      const copy = copyOf(file);
      if (at < copy.length) copy[at]! ^= 1 << mutation.bit;
      return copy;
    }
    case "overwrite":
      return joined(
        file.subarray(0, at),
        mutation.bytes,
        file.subarray(at + mutation.bytes.length),
      );
    case "insert":
      return joined(file.subarray(0, at), mutation.bytes, file.subarray(at));
    case "delete":
      return joined(file.subarray(0, at), file.subarray(at + mutation.length));
    case "truncate":
      return copyOf(file.subarray(0, at));
    case "repeat": {
      const block = file.subarray(at, at + mutation.length);
      const copies = new Array<Uint8Array>(mutation.times).fill(block);
      return joined(file.subarray(0, at), ...copies, file.subarray(at));
    }
    case "swap":
      return swapped(file, [at, mutation.to % file.length], mutation.length);
  }
}

/** Two blocks in each other's place; where they overlap or the file ends, they are shorter. */
function swapped(file: Uint8Array, places: readonly number[], length: number): Uint8Array {
  const [first, second] = [...places].sort((a, b) => a - b) as [number, number];
  const size = Math.min(length, second - first, file.length - second);
  const copy = copyOf(file);
  if (!(size > 0)) return copy;
  copy.set(file.subarray(second, second + size), first);
  copy.set(file.subarray(first, first + size), second);
  return copy;
}

/** Not `slice`, which of a Buffer is no copy. */
const copyOf = (bytes: Uint8Array) => Uint8Array.from(bytes);

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.length;
  }
  return whole;
}
