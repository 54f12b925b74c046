import type { GenerateBlocksAttributes } from "../kernels/generate-blocks.js";
import { softmax } from "../kernels/softmax.js";

/** The sum that makes up each block, flat: what a location with one candidate costs is one term. */
export interface CandidateTerms {
  /** The hypermodule of each term, location by location. */
  readonly moduleOf: Int32Array;
  /** softmax(s_l)_i of each term; 1 where a location has one candidate. */
  readonly beliefs: Float32Array;
  /** Where the terms of each location end. */
  readonly ends: Int32Array;
  /** Where the terms of each listed location start; it has `slots` of them. */
  readonly listedStarts: Int32Array;
  readonly slots: number;
}

/**
 * Lays out the candidates of all locations.
 *
 * @param softWeights [listed, lambda + 1], row-major; absent when no location is listed.
 * @throws {RangeError} if a candidate is not one of `moduleCount` hypermodules.
 */
export function candidateTerms(
  { candidates }: GenerateBlocksAttributes,
  { moduleCount, softWeights }: { moduleCount: number; softWeights?: Float32Array | undefined },
): CandidateTerms {
  const { alignment, challengers, lambda } = candidates;
  const locations = softWeights ? candidates.locations : new Int32Array(0);
  const count = alignment.length + locations.length * lambda;
  const moduleOf = new Int32Array(count);
  const beliefs = new Float32Array(count).fill(1);
  const ends = new Int32Array(alignment.length);
  const listedStarts = new Int32Array(locations.length);
  let term = 0;
  let listed = 0;
  for (let l = 0; l < alignment.length; l++) {
    moduleOf[term++] = alignment[l]!;
    if (locations[listed] === l) {
      listedStarts[listed] = term - 1;
      for (let i = 0; i < lambda; i++) moduleOf[term++] = challengers[listed * lambda + i]!;
      softmax(softWeights!, listed * (lambda + 1), beliefs.subarray(term - lambda - 1, term));
      listed++;
    }
    ends[l] = term;
  }
  const wrong = moduleOf.find((module) => module < 0 || module >= moduleCount);
  if (wrong !== undefined) {
    throw new RangeError(
      `generateBlocks: candidates must be hypermodules 0..${moduleCount - 1}; got ${wrong}.`,
    );
  }
  return { moduleOf, beliefs, ends, listedStarts, slots: lambda + 1 };
}

/** dL/ds_i = p_i (g_i - sum_j p_j g_j), where g is the gradient of the beliefs p. */
export function softWeightsGradient(
  { beliefs, listedStarts, slots }: CandidateTerms,
  { slopes, into }: { slopes: Float32Array; into: Float32Array },
): void {
  listedStarts.forEach((start, listed) => {
    let mean = 0;
    for (let i = 0; i < slots; i++) mean += beliefs[start + i]! * slopes[start + i]!;
    for (let i = 0; i < slots; i++) {
      into[listed * slots + i] = beliefs[start + i]! * (slopes[start + i]! - mean);
    }
  });
}
