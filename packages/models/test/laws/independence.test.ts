import { type Architecture, linearRegression } from "@muir/models";
import { type ArchitectureLaw, lawProblems } from "@muir/models/laws";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { brokenLaws } from "../architectures/broken-laws.js";
import { changedPerceptron } from "../architectures/perceptron.js";

describe("influence between examples is found", () => {
  const law: ArchitectureLaw = "treats the examples of a batch independently when evaluating";

  test("of each on all", () => {
    const centering = changedPerceptron((outputs) => tf.sub(outputs, tf.mean(outputs, 0, true)));
    const problems = brokenLaws(centering);
    expect(Object.keys(problems)).toEqual([law]);
    expect(problems[law]).toHaveLength(3);
  });

  test("of the last on the first alone", () => {
    const oneSided = changedPerceptron((outputs) => {
      const [first, second, third] = tf.split(outputs, 3) as [tf.Tensor, tf.Tensor, tf.Tensor];
      return tf.concat([tf.add(first, third), second, third]);
    });
    expect(brokenLaws(oneSided)).toEqual({
      [law]: [
        expect.stringMatching(
          /^other inputs for example 2 change other examples' outputs: .* at \[0,0\]/,
        ),
      ],
    });
  });

  test("as far as it happens when evaluating, not when training", () => {
    const centering = changedPerceptron((outputs) => tf.sub(outputs, tf.mean(outputs, 0, true)));
    const plain = changedPerceptron((outputs) => tf.clone(outputs));
    const batchNormalized: Architecture = {
      ...plain,
      apply: (parameters, inputs, context) =>
        (context.training ? centering : plain).apply(parameters, inputs, context),
    };
    expect(brokenLaws(batchNormalized)).toEqual({});
  });
});

test("influence between stacked tasks is found", () => {
  const law: ArchitectureLaw = "treats stacked tasks independently";
  const stacked: Architecture = linearRegression({ tasks: 3, inputs: 2 });
  const mixing: Architecture = {
    ...stacked,
    apply: (parameters, inputs, context) => ({
      outputs: tf.tidy(() => {
        const { outputs } = stacked.apply(parameters, inputs, context);
        return tf.add(outputs, tf.mean(outputs, 0, true));
      }),
      state: context.state,
    }),
  };
  expect(Object.keys(brokenLaws(mixing))).toEqual([law]);
  expect(lawProblems(mixing, { law, batch: 3, seed: 1 })).toHaveLength(3);
});
