import type { BackendName } from "@muir/backend";
import { parseSyntheticConfig } from "../config/parse-synthetic-config.js";
import { prepareSynthetic } from "./prepare-synthetic.js";
import { startBackend } from "./start-backend.js";

/** For how long to time, in milliseconds. */
export interface TimeStepOptions {
  /** At first, untimed, so that the engine can compile what is hot. */
  readonly warmUp?: number;
  /** After that. */
  readonly measured?: number;
}

/**
 * How many milliseconds a step of the synthetic experiment takes on a backend: the median over
 * generations of 20 steps.
 */
export async function timeStep(
  name: BackendName,
  { warmUp = 600, measured = 900 }: TimeStepOptions = {},
): Promise<number> {
  await startBackend({ backend: name, threads: null });
  const training = { stepsPerGeneration: 20, generations: 100_000, finalGenerations: 0 };
  const run = await prepareSynthetic(parseSyntheticConfig({ training }));
  const start = performance.now();
  const means: number[] = [];
  for await (const { stepMilliseconds } of run.training.generations()) {
    const elapsed = performance.now() - start;
    if (elapsed > warmUp) means.push(stepMilliseconds);
    if (elapsed > warmUp + measured) break;
  }
  run.training.dispose();
  const median = means.sort((a, b) => a - b)[means.length >> 1]!;
  return Number(median.toFixed(4));
}
