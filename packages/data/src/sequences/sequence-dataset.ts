import type { Dataset } from "../dataset.js";
import { BASES } from "./bases.js";
import { SAME_SCALE, type Scale } from "./scale.js";

/** One sequence and its score, wherever they are kept. */
export interface ScoredSequence {
  /** `length` symbols, see {@link encodeBases}. Read, not kept. */
  readonly symbols: Uint8Array;
  readonly score: number;
}

/** Sequences that are fetched by number. */
export interface SequenceDatasetOptions {
  readonly name: string;
  readonly size: number;
  /** Symbols of each sequence. */
  readonly length: number;
  /** How targets are scaled. Default: not at all. */
  readonly scale?: Scale;
}

/**
 * A dataset of sequences with a score each, cut out when a batch asks for them: inputs int32 `[length]`,
 * targets float32 `[1]`.
 *
 * @param at the sequence with this number, from 0 to `size - 1`.
 */
export function sequenceDataset(
  at: (index: number) => ScoredSequence,
  { name, size, length, scale = SAME_SCALE }: SequenceDatasetOptions,
): Dataset {
  return {
    name,
    size,
    tasks: 1,
    inputShape: [length],
    targetShape: [1],
    symbols: BASES.length,
    batch(indices) {
      const inputs = new Int32Array(indices.length * length);
      const targets = new Float32Array(indices.length);
      indices.forEach((index, place) => {
        if (!(index >= 0 && index < size)) {
          throw new RangeError(
            `batch of ${name}: indices must be from 0 to ${size - 1}; got ${index}.`,
          );
        }
        const { symbols, score } = at(index);
        inputs.set(symbols, place * length);
        targets[place] = (score - scale.mean) / scale.deviation;
      });
      return {
        inputs: { shape: [indices.length, length], data: inputs },
        targets: { shape: [indices.length, 1], data: targets },
        size: indices.length,
      };
    },
  };
}
