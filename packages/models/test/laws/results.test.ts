import type { Architecture } from "@muir/models";
import { type ArchitectureLaw, lawProblems } from "@muir/models/laws";
import { numbered } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { brokenLaws } from "../architectures/broken-laws.js";
import { changedPerceptron, perceptron } from "../architectures/perceptron.js";
import { tokenMemory } from "../architectures/token-memory.js";

const shapes: ArchitectureLaw = "maps a batch of inputs to outputs of the declared shape";
const states: ArchitectureLaw = "returns state as it takes it";
const draws: ArchitectureLaw = "draws no random numbers when evaluating";
const repeats: ArchitectureLaw = "gives the same results for the same arguments";

test("outputs of another shape are found", () => {
  const transposing = changedPerceptron((outputs) => tf.transpose(outputs));
  expect(lawProblems(transposing, { law: shapes, batch: 3, seed: 1 })).toEqual([
    "evaluating: outputs must be [3,2]; got [2,3]",
    "training: outputs must be [3,2]; got [2,3]",
  ]);
});

test("outputs that are not finite are found", () => {
  const infinite = changedPerceptron((outputs) => tf.log(tf.mul(outputs, 0)));
  expect(brokenLaws(infinite)[shapes]).toEqual([
    "evaluating: outputs are not finite, first at flat index 0",
    "training: outputs are not finite, first at flat index 0",
  ]);
});

test("state that comes back under another name and shape is found", () => {
  const renaming: Architecture = {
    ...tokenMemory,
    apply: (parameters, inputs, context) => {
      const { outputs, state } = tokenMemory.apply(parameters, inputs, context);
      tf.dispose(state);
      return { outputs, state: { seen: numbered([3]) } };
    },
  };
  expect(lawProblems(renaming, { law: states, batch: 3, seed: 1 })).toEqual([
    "evaluating: state must be { memory [3,6] }; got { seen [3] }",
    "training: state must be { memory [3,6] }; got { seen [3] }",
  ]);
});

test("streamed state that there is not is found", () => {
  const streaming: Architecture = { ...tokenMemory, streamed: ["memory", "cell"] };
  expect(brokenLaws(streaming)).toEqual({
    [states]: ["streamed names cell; initialState gives { memory [3,6] }"],
  });
});

test("numbers from a source of its own are found", () => {
  let drawn = 0;
  const unrepeatable = changedPerceptron((outputs) => tf.add(outputs, ++drawn));
  expect(brokenLaws(unrepeatable)[repeats]).toEqual([
    expect.stringContaining(
      "evaluating: outputs differs the second time: tensors differ at 6 of 6",
    ),
    expect.stringContaining("training: outputs differs the second time: tensors differ at 6 of 6"),
  ]);
});

test("draws when evaluating are found", () => {
  const drawing: Architecture = {
    ...perceptron,
    apply: (parameters, inputs, context) => {
      context.random();
      return perceptron.apply(parameters, inputs, context);
    },
  };
  expect(brokenLaws(drawing)).toEqual({
    [draws]: ["evaluating: no random numbers must be drawn; it drew 1"],
  });
});

test("a state that is not repeatable is found, too", () => {
  let drawn = 0;
  const drifting: Architecture = {
    ...tokenMemory,
    apply: (parameters, inputs, context) => {
      const { outputs, state } = tokenMemory.apply(parameters, inputs, context);
      const memory = tf.tidy(() => tf.add(state["memory"]!, ++drawn));
      tf.dispose(state);
      return { outputs, state: { memory } };
    },
  };
  const problems = lawProblems(drifting, { law: repeats, batch: 3, seed: 1 });
  expect(problems[0]).toContain("evaluating: state memory differs the second time");
});
