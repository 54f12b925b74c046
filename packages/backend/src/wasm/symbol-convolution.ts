import type * as tf from "@tensorflow/tfjs-core";
import { checkIndices } from "./check-indices.js";
import { floatsOf, offsetOf, withScratch } from "./wasm-backend.js";
import type { KernelInputs, WasmKernel, WasmKernelCall } from "./wasm-kernel.js";

/** A table of runs of symbols may have so many entries a place, and still be at hand. */
const MOST_ENTRIES = 512;
/** Longer runs save few additions, and their tables take long to make. */
const LONGEST_RUN = 3;

/**
 * The maximum over all positions of a convolution of symbols, after relu: an embedding, a convolution,
 * relu and a global maximum, with the embedding folded into the filters.
 *
 * Inputs: symbols int32 [sequences, length], table [width, alphabet, filters], bias [filters].
 * Outputs: scores [sequences, filters] = max over t of relu(bias + sum_w table[w, symbols[t + w]]), and
 * the first positions that attain them, int32, -1 where relu leaves 0.
 */
export const symbolConvolutionMax: WasmKernel = {
  name: "MuirSymbolConvolutionMax",
  covers: ({ symbols, table, bias }) =>
    symbols!.dtype === "int32" && table!.dtype === "float32" && bias!.dtype === "float32",
  run(call) {
    const { inputs, backend, kernels, sharing } = call;
    const { count, length, width, alphabet, filters } = sizesOf(inputs);
    checkWidth(width, length);
    const symbols = inputs["symbols"]!;
    checkIndices(call, symbols, { limit: alphabet, what: "symbolConvolutionMax: symbols" });
    const scores = backend.makeOutput([count, filters], "float32");
    const positions = backend.makeOutput([count, filters], "int32");
    const together = runLength(alphabet);
    const places = Math.ceil(width / together);
    const tableBytes = 4 * places * alphabet ** together * kernels.paddedFilters(filters);
    withScratch(backend, tableBytes, (tables) => {
      sharing.run({
        kernel: "symbolTables",
        args: [offsetOf(backend, inputs["table"]!), tables, width, alphabet, filters, together],
        items: places,
        cost: alphabet ** together * filters,
      });
      sharing.run({
        kernel: "symbolConvolutionMax",
        args: [
          offsetOf(backend, symbols),
          tables,
          offsetOf(backend, inputs["bias"]!),
          offsetOf(backend, scores),
          offsetOf(backend, positions),
          length,
          width,
          alphabet,
          filters,
          together,
        ],
        items: count,
        cost: (length - width + 1) * (places + 2) * filters,
        scratchBytes: kernels.symbolConvolutionMaxScratch(length, filters),
      });
    });
    markWhatIsNoNumber(call, scores);
    return [scores, positions];
  },
};

export interface SymbolConvolutionGradientAttributes {
  readonly width: number;
  readonly alphabet: number;
}

/**
 * The gradients of {@link symbolConvolutionMax}: that of a score goes to the table's entries at the
 * position that won, and to the bias.
 *
 * Inputs: symbols, positions and gradient [sequences, filters]. Outputs: the gradients of table and bias.
 */
export const symbolConvolutionMaxGradient: WasmKernel<SymbolConvolutionGradientAttributes> = {
  name: "MuirSymbolConvolutionMaxGradient",
  covers: ({ symbols, positions, gradient }) =>
    symbols!.dtype === "int32" && positions!.dtype === "int32" && gradient!.dtype === "float32",
  run(call) {
    const { inputs, attributes, backend, sharing } = call;
    const { symbols, positions, gradient } = inputs as Record<string, tf.TensorInfo>;
    const { width, alphabet } = attributes;
    const [count, length] = symbols!.shape as [number, number];
    const filters = gradient!.shape[1]!;
    checkIndices(call, symbols!, { limit: alphabet, what: "symbolConvolutionMax: symbols" });
    const tableGradient = backend.makeOutput([width, alphabet, filters], "float32");
    const biasGradient = backend.makeOutput([filters], "float32");
    sharing.run({
      kernel: "symbolConvolutionMaxGradient",
      args: [
        offsetOf(backend, symbols!),
        offsetOf(backend, positions!),
        offsetOf(backend, gradient!),
        offsetOf(backend, tableGradient),
        offsetOf(backend, biasGradient),
        count,
        length,
        width,
        alphabet,
        filters,
      ],
      items: filters,
      multiple: 16, // a line of the cache each
      cost: 8 * (count + alphabet) * width,
    });
    return [tableGradient, biasGradient];
  },
};

function sizesOf({ symbols, table }: KernelInputs) {
  const [count, length] = symbols!.shape as [number, number];
  const [width, alphabet, filters] = table!.shape as [number, number, number];
  return { count, length, width, alphabet, filters };
}

/** Symbols that are looked up together. */
function runLength(alphabet: number): number {
  let together = LONGEST_RUN;
  while (together > 1 && alphabet ** together > MOST_ENTRIES) together -= 1;
  return together;
}

/** Maxima pass over what is no number; a filter that has one anywhere gives nothing but that. */
function markWhatIsNoNumber(
  { inputs, backend }: WasmKernelCall<unknown>,
  scores: tf.TensorInfo,
): void {
  const filters = scores.shape[1]!;
  const into = floatsOf(backend, scores);
  for (const name of ["table", "bias"]) {
    floatsOf(backend, inputs[name]!).forEach((value, i) => {
      if (!Number.isNaN(value)) return;
      for (let at = i % filters; at < into.length; at += filters) into[at] = value;
    });
  }
}

function checkWidth(width: number, length: number): void {
  if (width >= 1 && width <= length) return;
  throw new RangeError(
    `symbolConvolutionMax: width must be from 1 to the ${length} symbols of a sequence; got ${width}.`,
  );
}
