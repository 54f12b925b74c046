import { pooled, residual } from "./convolutions.js";
import { generatedBlocks } from "./generated-blocks.js";
import { motifs, recurrent } from "./sequences.js";
import type { TrainingCase } from "./training-case.js";

/** Between them, these run every kernel that the networks of the paper train with. */
export const trainingCases: readonly TrainingCase[] = [
  pooled,
  residual,
  recurrent,
  motifs,
  generatedBlocks,
];
