import { dense } from "@muir/decompose";
import * as tf from "@tensorflow/tfjs-core";
import type { Initializer, ParameterSpec } from "../architecture.js";
import { heNormal, zero } from "./initial.js";

/** Sizes of an affine layer. */
export interface AffineOptions {
  readonly inputs: number;
  readonly outputs: number;
  /** Whether its kernel can be shared. */
  readonly isShared: boolean;
  /** How the kernel starts; as He et al. (2015) have it unless told otherwise. */
  readonly initial?: Initializer;
}

/** The parameters of `x kernel + bias`. */
export function affineParameters({
  inputs,
  outputs,
  isShared,
  initial = heNormal(inputs),
}: AffineOptions): Record<"kernel" | "bias", ParameterSpec> {
  return {
    kernel: { shape: [inputs, outputs], initial, ...(isShared && { kind: dense }) },
    bias: { shape: [outputs], initial: zero },
  };
}

/** `x kernel + bias` for rows `[rows, inputs]`, in one kernel even while gradients are taken. */
export function affine(
  x: tf.Tensor,
  { kernel, bias }: Readonly<Record<string, tf.Tensor>>,
): tf.Tensor2D {
  return tf.fused.matMul({ a: x, b: kernel!, bias: bias! }) as tf.Tensor2D;
}
