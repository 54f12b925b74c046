import type * as tf from "@tensorflow/tfjs-core";
import { areFloats, type BatchNormAttributes, blocksOf } from "./batch-norm.js";
import { type ChannelScaling, channelScaling, sumBlocks } from "./channel-scaling.js";
import { floatsOf, memoryOf, offsetOf, withNumbers, withScratch } from "./wasm-backend.js";
import type { WasmKernel, WasmKernelCall } from "./wasm-kernel.js";

/**
 * The gradients of batch normalization. With x' = (x - mean) / sqrt(variance + epsilon), g the gradient
 * of y where relu left it on, and s = scale / sqrt(variance + epsilon), over the n rows of each channel:
 *
 * - offset: sum g; scale: sum g x'
 * - x: s (g - (sum g) / n - x' (sum g x') / n)
 *
 * Inputs: those of the forward kernel with its mean and variance, and gradient, like x. Outputs: the
 * gradients of x, scale and offset.
 */
export const batchNormGradient: WasmKernel<BatchNormAttributes> = {
  name: "MuirBatchNormGradient",
  covers: areFloats,
  run(call) {
    const { inputs, attributes, backend } = call;
    const { rows, channels } = blocksOf(inputs["x"]!);
    const floats = (name: string) => floatsOf(backend, inputs[name]!);
    const given = {
      scale: floats("scale"),
      offset: floats("offset"),
      mean: floats("mean"),
      variance: floats("variance"),
    };
    const scaling = channelScaling(given, attributes);
    const { sums, products } = gradientSums(call, scaling);
    const [scaleGradient, offsetGradient] = [0, 1].map(() =>
      backend.makeOutput([channels], "float32"),
    ) as [tf.TensorInfo, tf.TensorInfo];
    const slopes = new Float32Array(channels);
    const constants = new Float32Array(channels);
    const [mean, variance] = [floats("mean"), floats("variance")];
    for (let c = 0; c < channels; c++) {
      const inverse = 1 / (variance[c]! + attributes.epsilon);
      slopes[c] = (-scaling.factors[c]! * inverse * products[c]!) / rows;
      constants[c] = (-scaling.factors[c]! * sums[c]!) / rows - slopes[c]! * mean[c]!;
      products[c]! *= Math.sqrt(inverse);
    }
    floatsOf(backend, scaleGradient).set(products);
    floatsOf(backend, offsetGradient).set(sums);
    return [gradientOfX(call, { scaling, slopes, constants }), scaleGradient, offsetGradient];
  },
};

/** sum g and sum g (x - mean) of each channel. */
function gradientSums(
  { inputs, attributes, backend, sharing }: WasmKernelCall<BatchNormAttributes>,
  { factors, offsets }: ChannelScaling,
) {
  const { rows, channels, blockRows, blocks } = blocksOf(inputs["x"]!);
  return withScratch(backend, 8 * blocks * channels, (sums) => {
    const products = sums + 4 * blocks * channels;
    withNumbers(backend, [factors, offsets], ([factorsAt, offsetsAt]) => {
      sharing.run({
        kernel: "channelGradientSums",
        args: [
          offsetOf(backend, inputs["x"]!),
          offsetOf(backend, inputs["gradient"]!),
          offsetOf(backend, inputs["mean"]!),
          factorsAt!,
          offsetsAt!,
          sums,
          products,
          rows,
          channels,
          Number(attributes.relu),
          blockRows,
        ],
        items: blocks,
        cost: 3 * blockRows * channels,
      });
    });
    const { buffer } = memoryOf(backend);
    const joined = [sums, products].map((at) =>
      sumBlocks(new Float32Array(buffer, at, blocks * channels), channels),
    );
    return { sums: joined[0]!, products: joined[1]! };
  });
}

function gradientOfX(
  { inputs, attributes, backend, sharing }: WasmKernelCall<BatchNormAttributes>,
  given: { scaling: ChannelScaling; slopes: Float32Array; constants: Float32Array },
): tf.TensorInfo {
  const x = inputs["x"]!;
  const { rows, channels } = blocksOf(x);
  const result = backend.makeOutput([...x.shape], "float32");
  const { scaling, slopes, constants } = given;
  const lists = [scaling.factors, scaling.offsets, slopes, constants];
  withNumbers(backend, lists, ([factorsAt, offsetsAt, slopesAt, constantsAt]) => {
    sharing.run({
      kernel: "channelGradients",
      args: [
        offsetOf(backend, x),
        offsetOf(backend, inputs["gradient"]!),
        offsetOf(backend, result),
        factorsAt!,
        offsetsAt!,
        slopesAt!,
        constantsAt!,
        channels,
        Number(attributes.relu),
      ],
      items: rows,
      cost: 2 * channels,
    });
  });
  return result;
}
