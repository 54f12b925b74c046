import "@muir/test-kit/setup";
import type * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import type { Architecture } from "../architecture.js";
import { type ArchitectureLaw, architectureLaws, lawProblems } from "./architecture-laws.js";

/** How {@link describeArchitecture} tries an architecture. */
export interface DescribeArchitectureOptions {
  /** Examples in a batch, at least 2. 3 unless told otherwise. */
  readonly batch?: number;
  /** Trials of each law, with the seeds 1, 2, ... 3 unless told otherwise. */
  readonly trials?: number;
  /**
   * Draws a batch of inputs from a seed. Without it they are normal, or any symbols where the
   * architecture declares `symbols`; give it where inputs are anything else.
   */
  readonly inputs?: (seed: number) => tf.Tensor;
  /**
   * Whether the examples of a batch must not influence each other when evaluating. Only an
   * architecture with state may say `false`.
   */
  readonly independentExamples?: boolean;
}

/**
 * The laws that every architecture obeys, as one test each. A contributor's whole test file calls
 * this once.
 *
 * Nothing in it is left to chance: what was green stays green until the architecture changes.
 *
 * @throws {RangeError} if `trials` is not a positive integer.
 * @throws {TypeError} if `independentExamples` is `false` for an architecture without state.
 * @example
 * ```ts
 * import { linearRegression } from "@muir/models";
 * import { describeArchitecture } from "@muir/models/laws";
 *
 * describeArchitecture(linearRegression({ tasks: 3, inputs: 5 }));
 * ```
 */
export function describeArchitecture(
  architecture: Architecture,
  { batch = 3, trials = 3, inputs, independentExamples = true }: DescribeArchitectureOptions = {},
): void {
  if (!Number.isInteger(trials) || trials < 1) {
    throw new RangeError(`describeArchitecture: trials must be a positive integer; got ${trials}.`);
  }
  if (!independentExamples && architecture.initialState === undefined) {
    throw new TypeError(
      `describeArchitecture: independentExamples can be false only for an architecture with an initialState; ${architecture.name} has none.`,
    );
  }
  const laws = architectureLaws.filter((law) => independentExamples || law !== independence);
  describe(architecture.name, () => {
    test.each(laws)("%s", (law) => {
      for (let seed = 1; seed <= trials; seed++) {
        const problems = lawProblems(architecture, { law, batch, seed, inputs });
        expect(problems, `seed ${seed}: ${problems[0]}`).toEqual([]);
      }
    });
  });
}

const independence: ArchitectureLaw =
  "treats the examples of a batch independently when evaluating";
