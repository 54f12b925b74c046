import { conv2d, dense, formatPlan, planDecomposition } from "@muir/decompose";
import { law } from "@muir/test-kit";
import { describe, expect, test } from "vitest";
import { plans } from "./decompositions.js";

const lenet = {
  name: "lenet",
  parameters: {
    conv1: { shape: [5, 5, 3, 16] },
    conv2: { shape: [5, 5, 16, 16], kind: conv2d },
    fc1: { shape: [576, 128], kind: dense },
  },
};
const odd = { name: "odd", parameters: { w: { shape: [20, 10], kind: dense } } };

describe("formatPlan", () => {
  test("shows what is shared, what is private and why, and the totals", () => {
    const text = formatPlan(planDecomposition([lenet, odd], { block: [16, 16] }));
    expect(`\n${text}\n`).toBe(`
16 x 16 blocks at 315 locations: lenet 313, odd 2

shared  parameter  shape           matrices        blocks in each  count  locations  entries  discarded
lenet   conv2      [5, 5, 16, 16]  25 of 16 x 16   1 x 1              25  0..24        6,400          0
lenet   fc1        [576, 128]      1 of 576 x 128  36 x 8            288  25..312     73,728          0
odd     w          [20, 10]        1 of 20 x 10    2 x 1               2  313..314       200        312
total                                                                315              80,328        312

private  parameter  shape          entries  why
lenet    conv1      [5, 5, 3, 16]    1,200  no kind given
total                                1,200
`);
  });

  test("leaves out a table that would be empty", () => {
    const all = formatPlan(planDecomposition([odd], { block: [16, 16] }));
    expect(all).not.toContain("private");
    const none = planDecomposition([{ name: "net", parameters: { bias: { shape: [4] } } }], {
      block: [16, 16],
    });
    expect(formatPlan(none)).not.toContain("shared");
  });

  law("has a line for every parameter, headline, headers and totals aside", plans(), (plan) => {
    const tables = (plan.shared.length > 0 ? 1 : 0) + (plan.private.length > 0 ? 1 : 0);
    const lines = formatPlan(plan).split("\n");
    expect(lines.length).toBe(1 + 3 * tables + plan.shared.length + plan.private.length);
  });
});
