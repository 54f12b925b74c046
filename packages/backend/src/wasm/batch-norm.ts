import * as tf from "@tensorflow/tfjs-core";
import { channelScaling, joinMoments } from "./channel-scaling.js";
import { floatsOf, memoryOf, offsetOf, withNumbers, withScratch } from "./wasm-backend.js";
import type { KernelInputs, WasmKernel } from "./wasm-kernel.js";

export interface BatchNormAttributes {
  readonly epsilon: number;
  /** Whether negative results become 0. */
  readonly relu: boolean;
}

/** Numbers a block of rows has, so that it stays at hand while it is read twice. */
const BLOCK_SIZE = 8192;

/**
 * Batch normalization by the statistics of the batch (Ioffe & Szegedy 2015), with relu or without.
 *
 * Inputs: x [..., channels], scale and offset [channels]. Outputs: y like x, mean and biased variance
 * [channels].
 */
export const batchNorm: WasmKernel<BatchNormAttributes> = {
  name: "MuirBatchNorm",
  covers: areFloats,
  run({ inputs, attributes, backend, sharing }) {
    const x = inputs["x"]!;
    const { rows, channels, blockRows, blocks } = blocksOf(x);
    const y = backend.makeOutput([...x.shape], "float32");
    const mean = backend.makeOutput([channels], "float32");
    const variance = backend.makeOutput([channels], "float32");
    withScratch(backend, 8 * blocks * channels, (means) => {
      const squares = means + 4 * blocks * channels;
      sharing.run({
        kernel: "channelMoments",
        args: [offsetOf(backend, x), means, squares, rows, channels, blockRows],
        items: blocks,
        cost: 2 * blockRows * channels,
      });
      const moments = [means, squares].map(
        (at) => new Float32Array(memoryOf(backend).buffer, at, blocks * channels),
      );
      joinMoments(
        { means: moments[0]!, squares: moments[1]!, rows, blockRows },
        { mean: floatsOf(backend, mean), variance: floatsOf(backend, variance) },
      );
    });
    const scaling = channelScaling(
      {
        scale: floatsOf(backend, inputs["scale"]!),
        offset: floatsOf(backend, inputs["offset"]!),
        mean: floatsOf(backend, mean),
        variance: floatsOf(backend, variance),
      },
      attributes,
    );
    withNumbers(backend, [scaling.factors, scaling.offsets], ([factors, offsets]) => {
      sharing.run({
        kernel: "scaleChannels",
        args: [
          offsetOf(backend, x),
          offsetOf(backend, y),
          factors!,
          offsets!,
          channels,
          Number(attributes.relu),
        ],
        items: rows,
        cost: channels,
      });
    });
    return [y, mean, variance];
  },
};

export function areFloats(inputs: KernelInputs): boolean {
  return Object.values(inputs).every(({ dtype }) => dtype === "float32");
}

/** How the rows of x, `[..., channels]`, are cut into blocks; the same for any number of threads. */
export function blocksOf({ shape }: tf.TensorInfo) {
  const channels = shape.at(-1)!;
  const rows = tf.util.sizeFromShape(shape.slice(0, -1));
  const blockRows = Math.max(Math.floor(BLOCK_SIZE / Math.max(channels, 1)), 16);
  return { rows, channels, blockRows, blocks: Math.ceil(rows / blockRows) };
}
