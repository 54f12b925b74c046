import type { Bank, Candidates } from "@muir/hypermodule";
import type * as tf from "@tensorflow/tfjs-core";
import type { Folder } from "../tensor-folder.js";
import { numbersOf, tensorNamed } from "./folder-tensors.js";

/** The bank of a folder, and who competes for its locations. */
export interface BankTensors {
  readonly bank: Bank;
  readonly softWeights: tf.Tensor2D;
  readonly candidates: Candidates;
}

/** Makes tensors of a folder's bank; the caller owns them. */
export function bankTensors(folder: Folder): BankTensors {
  return {
    bank: {
      modules: tensorNamed(folder, "modules") as tf.Tensor4D,
      contexts: tensorNamed(folder, "contexts") as tf.Tensor2D,
    },
    softWeights: tensorNamed(folder, "softWeights") as tf.Tensor2D,
    candidates: candidatesIn(folder),
  };
}

/** Column 0 are the incumbents; every location has challengers. */
function candidatesIn(folder: Folder): Candidates {
  const { shape, data } = numbersOf(folder, "candidates");
  const [locations, slots] = shape as [number, number];
  const challengers = Int32Array.from(data.filter((_, i) => i % slots > 0));
  return {
    alignment: Int32Array.from({ length: locations }, (_, l) => data[l * slots]!),
    locations: Int32Array.from({ length: locations }, (_, l) => l),
    challengers,
    lambda: slots - 1,
  };
}
