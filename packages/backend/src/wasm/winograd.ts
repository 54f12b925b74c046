import type * as tf from "@tensorflow/tfjs-core";
import type { WinogradSizes } from "./training-kernels.js";
import { withScratch } from "./wasm-backend.js";
import type { WasmKernelCall } from "./wasm-kernel.js";

/** Multiply-adds a tile and pair of channels, transforms included. */
const TILE_COST = 50;
/** Tiles are summed in so many parts, each for itself; the digits depend on it, so it is always the same. */
const MOST_PARTS = 8;
/** Fewer where their sums would take more memory than so many numbers. */
const MOST_SUMS = 1 << 22;

/**
 * Whether a convolution is one that Winograd's filtering computes with a quarter of the products: 3 x
 * 3 filters, moved by one pixel. With few channels its transforms would take longer than they save.
 */
export function isWinograd(info: tf.backend_util.Conv2DInfo): boolean {
  const { inChannels, outChannels } = info;
  const sides = [info.filterHeight, info.filterWidth];
  const steps = [info.strideHeight, info.strideWidth, info.dilationHeight, info.dilationWidth];
  const areFours = inChannels % 4 === 0 && outChannels % 4 === 0;
  return (
    sides.every((side) => side === 3) &&
    steps.every((step) => step === 1) &&
    areFours &&
    Math.min(inChannels, outChannels) >= 8
  );
}

/** Sizes of a convolution, as it is. */
export function winogradSizes(info: tf.backend_util.Conv2DInfo): WinogradSizes {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, padInfo } = info;
  const { top, left } = padInfo;
  return [inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, top, left];
}

/** Sizes of the convolution that its gradient by the images is: from outputs to inputs. */
export function winogradSizesBackward(info: tf.backend_util.Conv2DInfo): WinogradSizes {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, padInfo } = info;
  const [top, left] = [2 - padInfo.top, 2 - padInfo.left];
  return [outHeight, outWidth, outChannels, inHeight, inWidth, inChannels, top, left];
}

/** Tiles of 4 x 4 that the outputs of all images are made of. */
const tilesOf = (images: number, [, , , height, width]: WinogradSizes) =>
  images * Math.ceil(height / 4) * Math.ceil(width / 4);

/** What {@link winogradConvolve} computes, by byte offsets. */
export interface WinogradConvolution {
  readonly x: number;
  /** `[3, 3, channels, channels]`; turned round if `backward`. */
  readonly filter: number;
  /** 0 where there is none. */
  readonly bias: number;
  readonly y: number;
  readonly images: number;
  /** Of this convolution: going backward, of gradients as inputs and input gradients as outputs. */
  readonly sizes: WinogradSizes;
  /** Whether it is the gradient by the images of the convolution with that filter. */
  readonly backward: boolean;
}

export function winogradConvolve(
  { backend, kernels, sharing }: WasmKernelCall<unknown>,
  { x, filter, bias, y, images, sizes, backward }: WinogradConvolution,
): void {
  const [, , inChannels, , , outChannels] = sizes;
  withScratch(backend, kernels.winogradFilterBytes(inChannels, outChannels), (transformed) => {
    const [first, second] = backward ? [outChannels, inChannels] : [inChannels, outChannels];
    sharing.run({
      kernel: "winogradFilter",
      args: [filter, transformed, first, second, Number(backward)],
      items: inChannels,
      cost: 150 * outChannels,
      scratchBytes: 6 * 3 * 4,
    });
    sharing.run({
      kernel: "winogradConvolve",
      args: [x, transformed, bias, y, ...sizes],
      items: tilesOf(images, sizes),
      cost: TILE_COST * inChannels * outChannels,
      scratchBytes: kernels.winogradConvolveScratch(inChannels, outChannels),
    });
  });
}

/** The gradient by the filter, by byte offsets: inputs, gradient of the outputs, result. */
export function winogradFilterGradient(
  { backend, kernels, sharing }: WasmKernelCall<unknown>,
  {
    x,
    gradient,
    filterGradient,
    images,
    sizes,
  }: Record<"x" | "gradient" | "filterGradient" | "images", number> & { sizes: WinogradSizes },
): void {
  const [, , inChannels, , , outChannels] = sizes;
  const tiles = tilesOf(images, sizes);
  const pairs = inChannels * outChannels;
  const mostParts = Math.min(MOST_PARTS, Math.max(Math.floor(MOST_SUMS / (36 * pairs)), 2));
  const partTiles = Math.max(Math.ceil(tiles / mostParts), 1);
  const parts = Math.ceil(tiles / partTiles);
  withScratch(backend, parts * kernels.winogradSumsBytes(pairs), (sums) => {
    sharing.run({
      kernel: "winogradFilterGradient",
      args: [x, gradient, sums, partTiles, ...sizes],
      items: tiles,
      partItems: partTiles,
      cost: TILE_COST * pairs,
      scratchBytes: kernels.winogradFilterGradientScratch(inChannels, outChannels),
    });
    sharing.run({
      kernel: "winogradFilterFinish",
      args: [sums, parts, filterGradient, pairs],
      items: pairs,
      cost: 36 * (parts + 4),
      multiple: 4,
      scratchBytes: 36 * 16,
    });
  });
}
