import type { MatrixView, ParameterKind } from "@muir/decompose";
import type { Architecture } from "@muir/models";
import { type ArchitectureLaw, lawProblems } from "@muir/models/laws";
import { describe, expect, test } from "vitest";
import { brokenLaws } from "../architectures/broken-laws.js";
import { perceptron } from "../architectures/perceptron.js";

test("what cannot be declared is found", () => {
  const law: ArchitectureLaw = "declares sizes that are positive and starts that are finite";
  const architecture: Architecture = {
    ...perceptron,
    name: "",
    tasks: 1,
    parameters: {
      ...perceptron.parameters,
      bias: { shape: [5], initial: { constant: Number.NaN } },
      output: { shape: [5, 2], initial: { standardDeviation: -1 } },
    },
  };
  expect(lawProblems(architecture, { law, batch: 3, seed: 1 })).toEqual([
    "name is empty",
    "bias.initial: constant must be finite; got NaN",
    "output.initial: standardDeviation must be finite and not negative; got -1",
  ]);
});

describe("a kind is found that", () => {
  const law: ArchitectureLaw = "has kinds that read every entry of their parameter once";
  const problemsOf = (kind: ParameterKind) => {
    const hidden = { ...perceptron.parameters["hidden"]!, kind };
    return brokenLaws({ ...perceptron, parameters: { ...perceptron.parameters, hidden } });
  };
  const misfit = "hidden: its kind does not fit [4,5]: ";

  test.each<[string, MatrixView]>([
    ["reads an axis twice", { factors: [4, 5], stack: [0], rows: [0], columns: [1] }],
    ["leaves an axis out", { factors: [4, 5], stack: [], rows: [0], columns: [] }],
    ["reads an axis that is not there", { factors: [4, 5], stack: [], rows: [0], columns: [2] }],
    [
      "swaps axes where it may only split them",
      { factors: [5, 4], stack: [], rows: [0], columns: [1] },
    ],
    ["reads too few entries", { factors: [4, 4], stack: [], rows: [0], columns: [1] }],
  ])("%s", (_, view) => {
    expect(problemsOf(() => view)).toEqual({ [law]: [expect.stringContaining(misfit)] });
  });

  test("refuses the shape", () => {
    const refusing = () => {
      throw new RangeError("conv2d: shape must have four axes.");
    };
    expect(problemsOf(refusing)).toEqual({
      [law]: [`${misfit}conv2d: shape must have four axes.`],
    });
  });

  test("splits an axis: that one fits", () => {
    const split = { factors: [2, 2, 5], stack: [0], rows: [1], columns: [2] };
    expect(problemsOf(() => split)).toEqual({});
  });
});
