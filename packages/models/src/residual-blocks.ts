import * as tf from "@tensorflow/tfjs-core";
import type { ParameterSpec } from "./architecture.js";
import { batchNormParameters } from "./layers/batch-norm.js";
import { convolutionParameters, convolve } from "./layers/convolution.js";
import { inLayer } from "./layers/layer-names.js";

/** One residual block of a wide residual network. */
export interface ResidualBlock {
  /** As `group2.block1`, both counted from 1. */
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly stride: number;
  /** Whether its inputs must be convolved before they fit its outputs. */
  readonly hasShortcut: boolean;
}

/** Three groups of `blocks` blocks, with 1, 2 and 4 times `filters * width` filters. */
export function residualBlocks({
  blocks,
  filters,
  width,
}: {
  blocks: number;
  filters: number;
  width: number;
}): ResidualBlock[] {
  let inputs = filters;
  return [1, 2, 4].flatMap((multiple, group) =>
    Array.from({ length: blocks }, (_, index) => {
      const outputs = filters * width * multiple;
      const block = {
        name: `group${group + 1}.block${index + 1}`,
        inputs,
        outputs,
        stride: group > 0 && index === 0 ? 2 : 1,
        hasShortcut: inputs !== outputs,
      };
      inputs = outputs;
      return block;
    }),
  );
}

/** How {@link residual} gets at the layers of a network. */
export interface Layers {
  /** The parameters of a layer. */
  layer(name: string): Readonly<Record<string, tf.Tensor>>;
  /** Normalization and relu. */
  norm(x: tf.Tensor4D, name: string): tf.Tensor4D;
}

/** x + conv(norm(conv(norm(x)))), x convolved where it does not have the right shape. */
export function residual(
  x: tf.Tensor4D,
  { name, stride, hasShortcut }: ResidualBlock,
  { layer, norm }: Layers,
): tf.Tensor4D {
  const active = norm(x, `${name}.norm1`);
  const strided = { stride, padding: 1 };
  const inner = convolve(active, layer(`${name}.conv1`), strided);
  const change = convolve(norm(inner, `${name}.norm2`), layer(`${name}.conv2`), {
    stride: 1,
    padding: 1,
  });
  return tf.add(change, hasShortcut ? convolve(x, layer(`${name}.shortcut`), strided) : x);
}

/** The parameters of a block, in the order in which it uses them; its convolutions can be shared. */
export function blockParameters(block: ResidualBlock): Record<string, ParameterSpec> {
  const { name, inputs, outputs, hasShortcut } = block;
  const conv = (inputs: number) =>
    convolutionParameters({ size: 3, inputs, outputs, isShared: true });
  return {
    ...inLayer(`${name}.norm1`, batchNormParameters(inputs)),
    ...inLayer(`${name}.conv1`, conv(inputs)),
    ...inLayer(`${name}.norm2`, batchNormParameters(outputs)),
    ...inLayer(`${name}.conv2`, conv(outputs)),
    ...(hasShortcut && inLayer(`${name}.shortcut`, conv(inputs))),
  };
}

/** The normalizations of a block and the channels that they see. */
export const blockNorms = ({ name, inputs, outputs }: ResidualBlock) =>
  [
    [`${name}.norm1`, inputs],
    [`${name}.norm2`, outputs],
  ] as const;
