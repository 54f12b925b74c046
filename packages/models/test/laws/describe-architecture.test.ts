import { linearRegression } from "@muir/models";
import { type ArchitectureLaw, describeArchitecture, lawProblems } from "@muir/models/laws";
import { numbered } from "@muir/test-kit";
import { describe, expect, test } from "vitest";
import { brokenLaws } from "../architectures/broken-laws.js";
import { perceptron } from "../architectures/perceptron.js";
import { tokenMemory } from "../architectures/token-memory.js";

describeArchitecture(perceptron);
describeArchitecture(tokenMemory, { independentExamples: false });

test("all laws hold for architectures that keep them", () => {
  expect(brokenLaws(perceptron)).toEqual({});
  expect(brokenLaws(linearRegression({ tasks: 3, inputs: 2 }))).toEqual({});
  expect(brokenLaws(tokenMemory)).toEqual({});
});

describe("describeArchitecture", () => {
  test("lets examples influence each other only in architectures with state", () => {
    expect(() => describeArchitecture(perceptron, { independentExamples: false })).toThrow(
      new TypeError(
        "describeArchitecture: independentExamples can be false only for an architecture with an initialState; perceptron has none.",
      ),
    );
  });

  test.each([0, 1.5])("rejects %s trials", (trials) => {
    expect(() => describeArchitecture(perceptron, { trials })).toThrow(
      `describeArchitecture: trials must be a positive integer; got ${trials}.`,
    );
  });
});

describe("a trial is not drawn", () => {
  const law: ArchitectureLaw = "treats the examples of a batch independently when evaluating";
  const draw = (options: Partial<Parameters<typeof lawProblems>[1]>) => () =>
    lawProblems(perceptron, { law, batch: 3, seed: 1, ...options });

  test("with fewer than two examples", () => {
    expect(draw({ batch: 1 })).toThrow("drawTrial: batch must be an integer of at least 2");
  });

  test.each([1, 2.5])("from %s symbols", (symbols) => {
    const architecture = { ...tokenMemory, symbols };
    expect(() => lawProblems(architecture, { law, batch: 3, seed: 1 })).toThrow(
      `drawTrial: token-memory must declare at least 2 symbols, or inputs could not differ; got ${symbols}.`,
    );
  });

  test("from inputs of another shape", () => {
    expect(draw({ inputs: () => numbered([3, 5]) })).toThrow(
      "drawTrial: options.inputs must give [3,4], as perceptron declares; got [3,5].",
    );
  });

  test("from inputs that are always the same", () => {
    expect(draw({ inputs: () => numbered([3, 4]) })).toThrow(
      "drawTrial: options.inputs must give other inputs for another seed.",
    );
  });
});
