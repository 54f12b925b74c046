import { contextScale, moduleDeviation } from "@muir/hypermodule";
import { type Random, standardNormal } from "@muir/random";
import type { Folder } from "../tensor-folder.js";

/** What the bank of a case is drawn from. */
export interface BankDrawing {
  readonly contextSize: number;
  readonly block: readonly [number, number];
  /** Of each location's layer, `[L]`. */
  readonly deviations: Float32Array;
  /** Challengers of each location. */
  readonly lambda: number;
  readonly random: Random;
}

/**
 * As many modules as locations; every location has challengers, all drawn among all modules. Blocks
 * start with their layers' deviations (Eq. 7), soft weights around 0, so that all candidates have
 * their share of every gradient.
 */
export function drawBank(drawing: BankDrawing): Folder {
  const { contextSize, block, deviations, lambda, random } = drawing;
  const locations = deviations.length;
  const slots = 1 + lambda;
  const spread = moduleDeviation(contextSize);
  const filled = (length: number, value: (i: number) => number) =>
    Float32Array.from({ length }, (_, i) => value(i));
  return {
    modules: {
      shape: [locations, contextSize, ...block],
      values: filled(locations * contextSize * block[0] * block[1], () => {
        return spread * standardNormal(random);
      }),
    },
    contexts: {
      shape: [locations, contextSize],
      values: filled(locations * contextSize, (i) =>
        contextScale(deviations[Math.floor(i / contextSize)]!, contextSize),
      ),
    },
    softWeights: {
      shape: [locations, slots],
      values: filled(locations * slots, () => 0.1 * standardNormal(random)),
    },
    candidates: {
      shape: [locations, slots],
      values: new Int32Array(locations * slots).map(() => Math.floor(random() * locations)),
    },
  };
}
