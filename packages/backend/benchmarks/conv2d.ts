import * as tf from "@tensorflow/tfjs-core";
import { medianTimes } from "./median-times.js";
import { report } from "./report.js";
import { withStockKernel } from "./stock-kernels.js";

/** Layers of WRN-40-1 and LeNet: images, side, channels in and out, filter, stride. */
const layers = [
  { name: "WRN group 1", images: 128, side: 30, channels: [16, 16], filter: 3, stride: 1 },
  { name: "WRN group 2", images: 128, side: 15, channels: [32, 32], filter: 3, stride: 1 },
  { name: "WRN group 3", images: 128, side: 8, channels: [64, 64], filter: 3, stride: 1 },
  { name: "WRN 1 to 2", images: 128, side: 30, channels: [16, 32], filter: 3, stride: 2 },
  { name: "LeNet 1", images: 128, side: 32, channels: [3, 16], filter: 5, stride: 1 },
  { name: "LeNet 2", images: 128, side: 15, channels: [16, 16], filter: 5, stride: 1 },
] as const;

/**
 * Convolutions and both their gradients against the backend's own kernels; by the filter, which it
 * has none for, against slices and products of standard ops.
 */
export function benchmarkConv2d(stock: ReadonlyMap<string, tf.KernelConfig>): void {
  for (const { name, images, side, channels, filter, stride } of layers) {
    const x = tf.fill([images, side, side, channels[0]], 0.5) as tf.Tensor4D;
    const weights = tf.fill([filter, filter, ...channels], 0.25) as tf.Tensor4D;
    const y = tf.conv2d(x, weights, stride, "same");
    const attributes = { strides: [stride, stride], pad: "same", dataFormat: "NHWC" };
    const backprop = (kernel: string, inputs: tf.NamedTensorMap, more: tf.NamedAttrMap) =>
      tf.dispose(tf.engine().runKernel(kernel, inputs, { ...attributes, ...more }) as tf.Tensor);
    const byImages = () =>
      backprop("Conv2DBackpropInput", { dy: y, filter: weights }, { inputShape: x.shape });
    const byFilter = () =>
      backprop("Conv2DBackpropFilter", { x, dy: y }, { filterShape: weights.shape });
    const rate = (time: number) =>
      `${((2 * y.size * channels[0] * filter * filter) / time / 1e6).toFixed(0)} GFLOP/s`;
    const forward = () => tf.dispose(tf.conv2d(x, weights, stride, "same"));
    const forwardTimes = medianTimes(
      { muir: forward, stock: () => withStockKernel(stock, "Conv2D", forward) },
      { rounds: 5 },
    );
    report(`${name} forward, ${rate(forwardTimes["muir"]!)}`, forwardTimes);
    const imageTimes = medianTimes(
      { muir: byImages, stock: () => withStockKernel(stock, "Conv2DBackpropInput", byImages) },
      { rounds: 5 },
    );
    report(`${name} by images, ${rate(imageTimes["muir"]!)}`, imageTimes);
    const filterTimes = medianTimes(
      {
        muir: byFilter,
        "standard ops": () => tf.dispose(byStandardOps({ x, y, filter, stride })),
      },
      { rounds: 5 },
    );
    report(`${name} by filter, ${rate(filterTimes["muir"]!)}`, filterTimes);
    tf.dispose([x, weights, y]);
  }
}

/** The filter gradient as one product for each place of the filter. */
function byStandardOps({
  x,
  y,
  filter,
  stride,
}: {
  x: tf.Tensor4D;
  y: tf.Tensor4D;
  filter: number;
  stride: number;
}): tf.Tensor {
  return tf.tidy(() => {
    const [images, height, width, outChannels] = y.shape;
    const [, side, , inChannels] = x.shape;
    const needed = (height - 1) * stride + filter;
    const before = Math.max(needed - side, 0) >> 1;
    const after = Math.max(needed - side, 0) - before;
    const padded = tf.pad4d(x, [
      [0, 0],
      [before, after],
      [before, after],
      [0, 0],
    ]);
    const given = tf.reshape(y, [images * height * width, outChannels]);
    const places: tf.Tensor[] = [];
    for (let u = 0; u < filter; u++) {
      for (let v = 0; v < filter; v++) {
        const end = [images, u + (height - 1) * stride + 1, v + (width - 1) * stride + 1];
        const seen = tf.stridedSlice(
          padded,
          [0, u, v, 0],
          [...end, inChannels],
          [1, stride, stride, 1],
        );
        places.push(tf.matMul(tf.reshape(seen, [-1, inChannels]), given, true, false));
      }
    }
    return tf.reshape(tf.stack(places), [filter, filter, inChannels, outChannels]);
  });
}
