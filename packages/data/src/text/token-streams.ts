import { boundOf, boundsOf } from "../bound.js";
import { DataError } from "../data-error.js";
import type { Dataset } from "../dataset.js";

/** How a text is read as parallel streams. */
export interface TokenStreamsOptions {
  readonly name: string;
  /** Pieces of the text that are read side by side: the batch size. Default: 20. */
  readonly streams?: number;
  /** Tokens of a window: gradients reach back no further than this. Default: 35. */
  readonly time?: number;
}

/** A text as a dataset: windows of parallel streams. */
export interface TokenStreams extends Dataset {
  readonly streams: number;
  /** Windows of each stream: batches an epoch. */
  readonly windows: number;
  /** Tokens at the end of the text that fill no window of every stream, and so are never predicted. */
  readonly dropped: number;
}

/**
 * A text as the windows of `streams` pieces of equal length, for truncated backpropagation through time:
 * inputs int32 `[time]`, targets int32 `[time]`, the token that follows each.
 *
 * Example `w * streams + s` is window w of stream s. So batches of size `streams` in natural order, as
 * {@link batches} gives them, are one window of every stream, and the next batch goes on where each
 * ended: {@link Batch.continues} says where a model's state is to be carried over. A saved cursor
 * goes on in the middle of the text.
 *
 * @param tokens numbers of words; read, never written.
 * @throws {RangeError} if `streams` or `time` is not a positive integer. Its `batch` throws one for an
 *   index that is no example's.
 * @throws {DataError} if the text does not fill one window of every stream.
 * @example
 * ```ts
 * const train = tokenStreams(tokens, { name: "wikitext2/train", streams: 20, time: 35 });
 * const cursor = batches(train, { size: train.streams });
 * cursor.next().inputs.shape; // [20, 35]
 * ```
 */
export function tokenStreams(tokens: Int32Array, options: TokenStreamsOptions): TokenStreams {
  const { name, streams = 20, time = 35 } = options;
  for (const [option, value] of Object.entries({ streams, time })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(`tokenStreams: ${option} must be a positive integer; got ${value}.`);
    }
  }
  // every token but the first is predicted from those before it
  const windows = Math.floor((tokens.length - 1) / (streams * time));
  if (windows < 1) {
    throw new DataError(
      `${name}: ${streams} streams of ${time} tokens take at least ${streams * time + 1} tokens; got ${tokens.length}. Lower streams or time, or give more text.`,
    );
  }
  const size = windows * streams;
  const words = boundOf(tokens);
  return {
    name,
    size,
    tasks: 1,
    inputShape: [time],
    targetShape: [time],
    ...boundsOf({ inputs: words, targets: words }),
    streams,
    windows,
    dropped: tokens.length - 1 - size * time,
    batch(indices) {
      const inputs = new Int32Array(indices.length * time);
      const targets = new Int32Array(indices.length * time);
      indices.forEach((index, place) => {
        if (!(index >= 0 && index < size)) {
          throw new RangeError(
            `batch of ${name}: indices must be from 0 to ${size - 1}; got ${index}.`,
          );
        }
        const window = Math.floor(index / streams);
        const start = ((index % streams) * windows + window) * time;
        inputs.set(tokens.subarray(start, start + time), place * time);
        targets.set(tokens.subarray(start + 1, start + 1 + time), place * time);
      });
      return {
        inputs: { shape: [indices.length, time], data: inputs },
        targets: { shape: [indices.length, time], data: targets },
        size: indices.length,
        continues: indices.every((index) => index >= streams),
      };
    },
  };
}
