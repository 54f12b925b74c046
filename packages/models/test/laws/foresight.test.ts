import type { Architecture } from "@muir/models";
import type { ArchitectureLaw } from "@muir/models/laws";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { brokenLaws } from "../architectures/broken-laws.js";

const law: ArchitectureLaw = "lets no output depend on later inputs, if it is causal";

/** Four words of five, embedded, and mixed along their steps by `mix`, `[4, 4]`. */
const mixing = (mix: number[][]): Architecture => ({
  name: "mixing",
  parameters: { embedding: { shape: [5, 2], initial: { standardDeviation: 1 } } },
  inputShape: [4],
  outputShape: [4, 2],
  tasks: 1,
  symbols: 5,
  causal: true,
  apply: ({ embedding }, tokens, { state }) => {
    const outputs = tf.tidy(() => {
      const flat = tf.oneHot(tf.reshape(tokens, [-1]), 5);
      const rows = tf.matMul(tf.cast(flat, "float32") as tf.Tensor2D, embedding as tf.Tensor2D);
      const words = tf.unstack(tf.reshape(rows, [-1, 4, 2]));
      return tf.stack(words.map((word) => tf.matMul(tf.tensor2d(mix), word as tf.Tensor2D)));
    });
    return { outputs, state };
  },
});

const past = [
  [1, 0, 0, 0],
  [2, 1, 0, 0],
  [3, 2, 1, 0],
  [4, 3, 2, 1],
];

describe("in a causal architecture", () => {
  test("outputs may depend on earlier inputs", () => {
    expect(brokenLaws(mixing(past))).toEqual({});
  });

  test("one that depends on a single later input is found", () => {
    const foreseeing = past.map((row, step) => (step === 1 ? [0, 1, 0, 1] : row));
    expect(brokenLaws(mixing(foreseeing))).toEqual({
      [law]: [2, 3].map((step) =>
        expect.stringContaining(
          `other inputs from step ${step} on change the outputs of earlier steps`,
        ),
      ),
    });
  });

  test("steps must come out as they went in", () => {
    const summing: Architecture = { ...mixing(past), outputShape: [3, 2] };
    expect(brokenLaws(summing)[law]).toEqual([
      "causal: inputs and outputs must have as many steps; their shapes are [4] and [3,2]",
    ]);
  });

  test("what does not say that it is causal may depend on anything", () => {
    const { causal, ...rest } = mixing(past.map((row) => [...row].reverse()));
    expect(causal).toBe(true);
    expect(brokenLaws(rest)).toEqual({});
  });
});
