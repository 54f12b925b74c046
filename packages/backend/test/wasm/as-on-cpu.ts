import { useBackend } from "@muir/backend";
import type { Tolerance } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect } from "vitest";
import { leaveAsFound } from "../backends.js";

/** Registers the compiled kernels for the tests of a file; each still starts on cpu. */
export function withWasmKernels(): void {
  beforeAll(async () => {
    await useBackend("wasm");
    await tf.setBackend("cpu");
  });
  afterAll(leaveAsFound);
}

/** Integers: every sum and product is exact. */
export const equal: Tolerance = { rtol: 0, atol: 0 };

/**
 * Expects of `run` on wasm what it gives on cpu. It takes the same tensors both times, which are
 * drawn before and move from one backend to the other.
 */
export async function expectAsOnCpu(
  run: () => tf.Tensor | tf.Tensor[],
  tolerance: Tolerance = equal,
): Promise<void> {
  const expected = [run()].flat();
  const found = [await onWasm(run)].flat();
  found.forEach((tensor, i) => {
    expect(tensor.dtype).toBe(expected[i]!.dtype);
    expect(tensor).toBeCloseToTensor(expected[i]!, tolerance);
  });
  expect(found.length).toBe(expected.length);
}

/** What `run` returns or throws on wasm; goes back to cpu. */
export async function onWasm<T>(run: () => T): Promise<T> {
  await tf.setBackend("wasm");
  // what an op with a gradient of its own saves for it is a copy on wasm, which tests of
  // TensorFlow.js take for a leak
  tf.env().set("IS_TEST", false);
  try {
    return run();
  } finally {
    tf.env().set("IS_TEST", true);
    await tf.setBackend("cpu");
  }
}
