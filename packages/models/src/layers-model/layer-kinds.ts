import {
  conv1d,
  conv2d,
  conv2dTranspose,
  conv3d,
  dense,
  depthwiseConv2d,
  gru,
  lstm,
  type ParameterKind,
} from "@muir/decompose";

/** For each class of layers, how its weights are read as matrices, by the names it gives them. */
export type LayerKinds = Readonly<Record<string, Readonly<Record<string, ParameterKind>>>>;

const recurrent = (kind: ParameterKind) => ({ kernel: kind, recurrent_kernel: kind });

/**
 * The kernels that can be shared. Layers that are not here stay private, and so do biases, scales and
 * embeddings, whose rows are symbols of one task.
 */
export const layerKinds: LayerKinds = {
  Dense: { kernel: dense },
  Conv1D: { kernel: conv1d },
  Conv2D: { kernel: conv2d },
  Conv3D: { kernel: conv3d },
  Conv2DTranspose: { kernel: conv2dTranspose },
  DepthwiseConv2D: { depthwise_kernel: depthwiseConv2d },
  SeparableConv2D: { depthwise_kernel: depthwiseConv2d, pointwise_kernel: conv2d },
  SimpleRNN: recurrent(dense),
  SimpleRNNCell: recurrent(dense),
  GRU: recurrent(gru),
  GRUCell: recurrent(gru),
  LSTM: recurrent(lstm),
  LSTMCell: recurrent(lstm),
};
