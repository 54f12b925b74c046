import { exact, seeds } from "@muir/test-kit";
import type * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";

/** Images, a filter, and how it moves over them. */
export interface ConvolutionCase {
  readonly images: number;
  /** [height, width] of images and filter. */
  readonly size: readonly [number, number];
  readonly filter: readonly [number, number];
  readonly channels: readonly [number, number];
  readonly strides: [number, number];
  readonly pad: "same" | "valid" | tf.backend_util.ExplicitPadding;
  readonly dilations?: [number, number];
  readonly seed: number;
}

/** Odd sizes, no images, filters as large as the padded image, channels around the sides of tiles. */
export const convolutions: fc.Arbitrary<ConvolutionCase> = fc
  .record({
    images: fc.integer({ min: 0, max: 3 }),
    beyond: fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 })),
    filter: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
    channels: fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 17 })),
    strides: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    padding: fc.constantFrom("same" as const, "valid" as const, "explicit" as const),
    explicit: fc.array(fc.nat({ max: 2 }), { minLength: 4, maxLength: 4 }),
    seed: seeds(),
  })
  .map(({ beyond, padding, explicit, ...given }) => {
    const [top, bottom, left, right] = explicit as [number, number, number, number];
    const size = [given.filter[0] + beyond[0], given.filter[1] + beyond[1]] as const;
    const pad: tf.backend_util.ExplicitPadding = [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ];
    return { ...given, size, pad: padding === "explicit" ? pad : padding };
  });

/** Those that are computed in tiles: 3 x 3 filters moved by one pixel, channels in fours. */
export const tiledConvolutions: fc.Arbitrary<ConvolutionCase> = fc
  .tuple(
    convolutions,
    fc.tuple(fc.constantFrom(8, 12, 20), fc.constantFrom(8, 12, 20)),
    fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })),
  )
  .map(([given, channels, more]) => ({
    ...given,
    channels,
    filter: [3, 3] as const,
    size: [2 + more[0], 2 + more[1]] as const,
    strides: [1, 1] as [number, number],
  }));

/** The images of a case that are larger by as much as a dilated filter is. */
export function dilate<Case extends ConvolutionCase>(given: Case, dilations: [number, number]) {
  const [height, width] = given.size;
  const more = given.filter.map((side, axis) => side * (dilations[axis]! - 1));
  // a dilated filter may not have strides
  const strides: [number, number] = [1, 1];
  return { ...given, strides, size: [height + more[0]!, width + more[1]!] as const, dilations };
}

/** Dilations of both axes, to {@link dilate} with. */
export const dilations: fc.Arbitrary<[number, number]> = fc.tuple(
  fc.integer({ min: 1, max: 3 }),
  fc.integer({ min: 1, max: 3 }),
);

/** Images and filter of small integers. */
export function drawConvolution({ images, size, filter, channels, seed }: ConvolutionCase) {
  return {
    x: exact([images, ...size, channels[0]], seed) as tf.Tensor4D,
    filter: exact([...filter, ...channels], seed + 1) as tf.Tensor4D,
  };
}
