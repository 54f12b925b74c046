import { type Adam, createAdam } from "@muir/trainer";
import type { BenchSizes } from "../sizes.js";
import type { Folder } from "../tensor-folder.js";
import type { CaseName } from "./case-name.js";
import type { CaseTraining } from "./case-training.js";
import { generationTraining } from "./generation-training.js";
import { networkTraining } from "./network-training.js";

/** Trains the tensors of a folder that was drawn for the case. */
export function trainCase(name: CaseName, sizes: BenchSizes, folder: Folder): CaseTraining {
  if (name === "generation") return generationTraining(folder, caseAdam(name));
  return networkTraining(name, { sizes, folder, optimizer: caseAdam(name) });
}

/** The rates of the paper: soft weights have their own. */
function caseAdam(name: CaseName): Adam {
  return createAdam({
    learningRate: 1e-3,
    rates: { softWeights: name === "synthetic" ? 0.01 : 0.1 },
  });
}
