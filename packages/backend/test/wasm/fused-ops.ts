import type { Tolerance } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import { expect } from "vitest";
import { expectAsOnCpu } from "./as-on-cpu.js";

/** A function of tensors whose gradients are compared. */
export type Op = (...inputs: tf.Tensor[]) => tf.Tensor;

/**
 * Expects of an op with a kernel on wasm the value and the gradients that it has on cpu, where it is
 * composed of standard ops.
 */
export async function expectFusedAsComposed(
  op: Op,
  inputs: readonly tf.Tensor[],
  { kernel, upstream, tolerance = { rtol: 1e-4, atol: 1e-5 } }: FusedOptions,
): Promise<void> {
  expect(tf.getKernel(kernel, "cpu"), `${kernel} on cpu`).toBeUndefined();
  expect(tf.getKernel(kernel, "wasm"), `${kernel} on wasm`).toBeDefined();
  await expectAsOnCpu(() => {
    const { value, grads } = tf.valueAndGrads(op as never)([...inputs], upstream as never);
    return [value, ...grads];
  }, tolerance);
}

interface FusedOptions {
  /** Its name: there must be one on wasm, and none on cpu. */
  readonly kernel: string;
  readonly upstream: tf.Tensor;
  readonly tolerance?: Tolerance;
}
