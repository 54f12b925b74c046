import { generateBlocks } from "@muir/hypermodule";
import * as tf from "@tensorflow/tfjs-core";
import type { TrainingCase } from "./training-case.js";

const locations = 12;

/** Blocks of shared modules, some locations with challengers, and the gradients of all of the bank. */
export const generatedBlocks: TrainingCase = {
  name: "blocks generated from 7 modules, half of them mixed",
  prepare(drawing) {
    const contextSize = 4;
    const block = [8, 8];
    const pull = drawing.normal([locations, ...block]);
    const candidates = {
      alignment: Int32Array.from({ length: locations }, (_, l) => (3 * l) % 7),
      locations: Int32Array.from({ length: locations / 2 }, (_, l) => 2 * l),
      challengers: Int32Array.from({ length: locations }, (_, slot) => (5 * slot) % 7),
      lambda: 2,
    };
    return {
      parameters: {
        modules: drawing.normal([7, contextSize, ...block]),
        contexts: drawing.normal([locations, contextSize]),
        softWeights: drawing.normal([locations / 2, 3]),
      },
      loss({ modules, contexts, softWeights }) {
        const bank = { modules: modules as tf.Tensor4D, contexts: contexts as tf.Tensor2D };
        const blocks = generateBlocks(bank, candidates, softWeights as tf.Tensor2D);
        return tf.sum(tf.mul(pull, tf.square(blocks)));
      },
    };
  },
};
