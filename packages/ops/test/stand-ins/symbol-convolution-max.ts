import {
  SYMBOL_CONVOLUTION_MAX,
  SYMBOL_CONVOLUTION_MAX_GRADIENT,
  type SymbolConvolutionMaxGradientAttributes,
} from "@muir/ops";
import { type StandIn, zeros } from "./stand-in.js";

/** Position by position. */
export const symbolConvolutionMaxKernels: readonly StandIn[] = [
  {
    name: SYMBOL_CONVOLUTION_MAX,
    compute({ symbols, table, bias }) {
      const [batch, length] = symbols!.shape as [number, number];
      const [width, alphabet, filters] = table!.shape as [number, number, number];
      const scores = zeros(batch, filters);
      const positions = new Int32Array(batch * filters).fill(-1);
      for (let b = 0; b < batch; b++) {
        for (let f = 0; f < filters; f++) {
          for (let t = 0; t + width <= length; t++) {
            let sum = bias!.values[f]!;
            for (let w = 0; w < width; w++) {
              const symbol = symbols!.values[b * length + t + w]!;
              sum += table!.values[(w * alphabet + symbol) * filters + f]!;
            }
            if (sum <= scores.values[b * filters + f]!) continue;
            scores.values[b * filters + f] = sum;
            positions[b * filters + f] = t;
          }
        }
      }
      return [scores, { shape: [batch, filters], values: positions }];
    },
  },
  {
    name: SYMBOL_CONVOLUTION_MAX_GRADIENT,
    compute(
      { symbols, positions, gradient },
      { width, alphabet }: SymbolConvolutionMaxGradientAttributes,
    ) {
      const [batch, filters] = positions!.shape as [number, number];
      const length = symbols!.shape[1]!;
      const [ofTable, ofBias] = [zeros(width, alphabet, filters), zeros(filters)];
      for (let b = 0; b < batch; b++) {
        for (let f = 0; f < filters; f++) {
          const position = positions!.values[b * filters + f]!;
          if (position < 0) continue;
          const slope = gradient!.values[b * filters + f]!;
          ofBias.values[f]! += slope;
          for (let w = 0; w < width; w++) {
            const symbol = symbols!.values[b * length + position + w]!;
            ofTable.values[(w * alphabet + symbol) * filters + f]! += slope;
          }
        }
      }
      return [ofTable, ofBias];
    },
  },
];
