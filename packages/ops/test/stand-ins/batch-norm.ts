import { BATCH_NORM, BATCH_NORM_GRADIENT, type BatchNormAttributes } from "@muir/ops";
import { type Numbers, type StandIn, zeros } from "./stand-in.js";

/** Channel by channel, in double precision. */
export const batchNormKernels: readonly StandIn[] = [
  {
    name: BATCH_NORM,
    compute({ x, scale, offset }, { epsilon, relu }: BatchNormAttributes) {
      const channels = x!.shape.at(-1)!;
      const rows = x!.values.length / channels;
      const [outputs, mean, variance] = [zeros(...x!.shape), zeros(channels), zeros(channels)];
      for (let c = 0; c < channels; c++) {
        const entries = channelOf(x!, c);
        const average = entries.reduce((sum, entry) => sum + entry, 0) / rows;
        const spread = entries.reduce((sum, entry) => sum + (entry - average) ** 2, 0) / rows;
        mean.values[c] = average;
        variance.values[c] = spread;
        entries.forEach((entry, row) => {
          const normalized = (entry - average) / Math.sqrt(spread + epsilon);
          const output = scale!.values[c]! * normalized + offset!.values[c]!;
          outputs.values[row * channels + c] = relu ? Math.max(0, output) : output;
        });
      }
      return [outputs, mean, variance];
    },
  },
  {
    name: BATCH_NORM_GRADIENT,
    compute(
      { x, scale, offset, mean, variance, gradient },
      { epsilon, relu }: BatchNormAttributes,
    ) {
      const channels = x!.shape.at(-1)!;
      const rows = x!.values.length / channels;
      const [ofX, ofScale, ofOffset] = [zeros(...x!.shape), zeros(channels), zeros(channels)];
      for (let c = 0; c < channels; c++) {
        const slope = 1 / Math.sqrt(variance!.values[c]! + epsilon);
        const normalized = channelOf(x!, c).map((entry) => (entry - mean!.values[c]!) * slope);
        const upstream = channelOf(gradient!, c).map((entry, row) => {
          const output = scale!.values[c]! * normalized[row]! + offset!.values[c]!;
          return relu && output <= 0 ? 0 : entry;
        });
        const total = upstream.reduce((sum, entry) => sum + entry, 0);
        const moment = upstream.reduce((sum, entry, row) => sum + entry * normalized[row]!, 0);
        ofOffset.values[c] = total;
        ofScale.values[c] = moment;
        upstream.forEach((entry, row) => {
          const centered = entry - total / rows - (normalized[row]! * moment) / rows;
          ofX.values[row * channels + c] = scale!.values[c]! * slope * centered;
        });
      }
      return [ofX, ofScale, ofOffset];
    },
  },
];

function channelOf({ shape, values }: Numbers, channel: number): number[] {
  const channels = shape.at(-1)!;
  return Array.from(values).filter((_, index) => index % channels === channel);
}
