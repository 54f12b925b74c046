import type * as tf from "@tensorflow/tfjs-core";

/**
 * The sizes of a convolution or pooling, given the gradient of its outputs.
 *
 * TensorFlow.js does not say in gradients how the outputs' sizes were rounded (`dimRoundingMode`), so what is
 * worked out may be one smaller than the outputs were; theirs are the sizes. Any other difference is a
 * mistake: a kernel that believed either would read somebody else's memory.
 *
 * @throws {RangeError} naming both shapes.
 */
export function ofOutputs(
  info: tf.backend_util.Conv2DInfo,
  dy: tf.TensorInfo,
  kernel: string,
): tf.backend_util.Conv2DInfo {
  const [batch, height, width, channels] = dy.shape;
  const more = [height! - info.outHeight, width! - info.outWidth];
  const isRounded = more.every((pixels) => pixels === 0 || pixels === 1);
  if (
    dy.shape.length !== 4 ||
    batch !== info.batchSize ||
    channels !== info.outChannels ||
    !isRounded
  ) {
    throw new RangeError(
      `${kernel}: dy must have the shape of the outputs, [${info.outShape}]; got [${dy.shape}].`,
    );
  }
  return {
    ...info,
    outHeight: height!,
    outWidth: width!,
    outShape: [batch, height!, width!, channels],
  };
}
