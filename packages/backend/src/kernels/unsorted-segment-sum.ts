import * as tf from "@tensorflow/tfjs-core";
import { checkSegmentIds } from "./check-segment-ids.js";
import type { TypedArrayKernel } from "./typed-array-kernel.js";

/**
 * Sums of the rows of `x` that share an id, in one pass; rows with ids outside the segments count
 * nowhere. The cpu backend's own kernel looks at all of `x` again for every segment, which an embedding of
 * ten thousand words does not bear.
 *
 * Inputs: x [count, ...], segmentIds [count]. Output: [numSegments, ...].
 */
export const unsortedSegmentSum: TypedArrayKernel<{ readonly numSegments: number }> = {
  name: "UnsortedSegmentSum",
  inputs: ["x", "segmentIds"],
  outputShapes([x, segmentIds], { numSegments }) {
    checkSegmentIds(x!, segmentIds!);
    return [[numSegments, ...x!.shape.slice(1)]];
  },
  compute([x, segmentIds], [sums], { numSegments }) {
    const row = tf.util.sizeFromShape(x!.shape.slice(1));
    const ids = segmentIds!.values;
    const values = x!.values;
    sums!.fill(0);
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i]!;
      if (id < 0 || id >= numSegments) continue;
      for (let at = 0; at < row; at++) sums![id * row + at]! += values[i * row + at]!;
    }
  },
};
