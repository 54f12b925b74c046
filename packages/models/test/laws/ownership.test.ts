import type { Architecture } from "@muir/models";
import { type ArchitectureLaw, lawProblems } from "@muir/models/laws";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { brokenLaws } from "../architectures/broken-laws.js";
import { perceptron } from "../architectures/perceptron.js";
import { tokenMemory } from "../architectures/token-memory.js";

const trial = { batch: 3, seed: 1 };

/** The perceptron, with something done to its arguments first. */
const meddling = (meddle: (...args: Parameters<Architecture["apply"]>) => void): Architecture => ({
  ...perceptron,
  apply: (parameters, inputs, context) => {
    meddle(parameters, inputs, context);
    return perceptron.apply(parameters, inputs, context);
  },
});

describe("an argument is found that", () => {
  const law: ArchitectureLaw = "leaves its arguments as they were";

  test("was disposed", () => {
    const consuming: Architecture = {
      ...perceptron,
      apply: (parameters, inputs, context) => {
        const applied = perceptron.apply(parameters, inputs, context);
        if (context.training) inputs.dispose();
        return applied;
      },
    };
    expect(lawProblems(consuming, { law, ...trial })).toEqual(["inputs was disposed"]);
  });

  test("was written to", () => {
    const writing = meddling(({ bias }) => {
      bias!.dataSync()[0]! += 1; // the CPU backend hands out its own buffer
    });
    expect(lawProblems(writing, { law, ...trial })).toEqual(["parameter bias was written to"]);
  });
});

describe("a tensor is found that", () => {
  const law: ArchitectureLaw = "leaves behind exactly the tensors it returns";

  test("nobody owns", () => {
    expect(brokenLaws(meddling((_, inputs) => void tf.square(inputs)))).toEqual({
      [law]: [
        "apply (training false) must leave behind the 1 tensors it returns; it left 2",
        "apply (training true) must leave behind the 1 tensors it returns; it left 2",
      ],
    });
  });

  test("nobody owns since the state was made", () => {
    const leaking: Architecture = {
      ...tokenMemory,
      initialState: (batch) => {
        tf.scalar(1);
        return tokenMemory.initialState!(batch);
      },
    };
    expect(brokenLaws(leaking)).toEqual({
      [law]: ["initialState must leave behind the 1 tensors it returns; it left 2"],
    });
  });

  test("two owners would dispose", () => {
    const identity: Architecture = {
      ...perceptron,
      parameters: {},
      outputShape: perceptron.inputShape,
      apply: (_, inputs, { state }) => ({ outputs: inputs, state }),
    };
    expect(lawProblems(identity, { law, ...trial })[0]).toBe(
      "apply must return outputs of its own, not one of its arguments: both would be disposed",
    );
  });
});
