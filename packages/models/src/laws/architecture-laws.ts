import * as tf from "@tensorflow/tfjs-core";
import type { Architecture } from "../architecture.js";
import { declarationProblems, kindProblems } from "./declaration.js";
import { foresightProblems } from "./foresight.js";
import { slopeProblems, unreachedProblems } from "./gradients.js";
import { exampleProblems, taskProblems } from "./independence.js";
import { leakProblems, mutationProblems } from "./ownership.js";
import { drawProblems, outputProblems, repeatProblems, stateProblems } from "./results.js";
import { drawTrial, type Trial, type TrialOptions } from "./trial.js";

/** What every architecture obeys, in the order in which one best mends what is broken. */
export const architectureLaws = [
  "declares sizes that are positive and starts that are finite",
  "has kinds that read every entry of their parameter once",
  "maps a batch of inputs to outputs of the declared shape",
  "returns state as it takes it",
  "gives the same results for the same arguments",
  "draws no random numbers when evaluating",
  "leaves its arguments as they were",
  "leaves behind exactly the tensors it returns",
  "treats the examples of a batch independently when evaluating",
  "treats stacked tasks independently",
  "lets no output depend on later inputs, if it is causal",
  "sends a gradient to every parameter",
  "has the gradients that small steps measure",
] as const;

/** One of {@link architectureLaws}. */
export type ArchitectureLaw = (typeof architectureLaws)[number];

/**
 * What breaks `law` in one trial; empty where it holds. For tests of one's own; most want
 * {@link describeArchitecture}.
 *
 * @throws {RangeError} if the trial cannot be drawn: see {@link TrialOptions}.
 */
export function lawProblems(
  architecture: Architecture,
  { law, ...options }: TrialOptions & { readonly law: ArchitectureLaw },
): string[] {
  return tf.tidy(() => checks[law](drawTrial(architecture, options)));
}

const checks: Readonly<Record<ArchitectureLaw, (trial: Trial) => string[]>> = {
  "declares sizes that are positive and starts that are finite": declarationProblems,
  "has kinds that read every entry of their parameter once": kindProblems,
  "maps a batch of inputs to outputs of the declared shape": outputProblems,
  "returns state as it takes it": stateProblems,
  "gives the same results for the same arguments": repeatProblems,
  "draws no random numbers when evaluating": drawProblems,
  "leaves its arguments as they were": mutationProblems,
  "leaves behind exactly the tensors it returns": leakProblems,
  "treats the examples of a batch independently when evaluating": exampleProblems,
  "treats stacked tasks independently": taskProblems,
  "lets no output depend on later inputs, if it is causal": foresightProblems,
  "sends a gradient to every parameter": unreachedProblems,
  "has the gradients that small steps measure": slopeProblems,
};
