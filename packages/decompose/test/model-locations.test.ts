import { dense, modelLocations, planDecomposition } from "@muir/decompose";
import { law } from "@muir/test-kit";
import { describe, expect, test } from "vitest";
import { plans } from "./decompositions.js";

describe("modelLocations", () => {
  const kind = dense;
  const models = [
    { name: "first", parameters: { w: { shape: [4, 4], kind } } },
    { name: "second", parameters: { v: { shape: [2, 6], kind }, u: { shape: [2, 2], kind } } },
    { name: "third", parameters: { bias: { shape: [4] } } },
  ];
  const plan = planDecomposition(models, { block: [2, 2] });

  test("are those of all the model's parameters", () => {
    expect(modelLocations(plan, "second")).toEqual({ first: 4, count: 4 });
  });

  test("are none where all parameters are private", () => {
    expect(modelLocations(plan, "third")).toEqual({ first: 8, count: 0 });
  });

  test("rejects a model that the plan does not have", () => {
    expect(() => modelLocations(plan, "fourth")).toThrow(
      new RangeError(
        "modelLocations: model must be one of the plan's, " +
          '"first", "second", "third"; got "fourth".',
      ),
    );
  });

  law("follow one another and cover all", plans(), (plan) => {
    const covered = plan.models.flatMap(({ name }) => {
      const { first, count } = modelLocations(plan, name);
      return Array.from({ length: count }, (_, i) => first + i);
    });
    expect(covered).toEqual(Array.from({ length: plan.locations }, (_, l) => l));
  });
});
