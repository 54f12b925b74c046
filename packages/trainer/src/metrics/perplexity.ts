import { crossEntropy } from "../losses/cross-entropy.js";
import type { LossMetric } from "../metric.js";

/**
 * Perplexity: exp of the mean cross-entropy over all words of a split. Among how many words, all
 * equally likely, one would have to guess to be as uncertain.
 *
 * It follows from the loss, so the softmax over the vocabulary is not computed a second time.
 */
export const perplexity: LossMetric = {
  name: "perplexity",
  better: "lower",
  loss: crossEntropy,
  ofLoss: Math.exp,
};
