import { defaultSettings, type TrainingSettings } from "./settings.js";

/**
 * The settings of the paper's experiments across modalities (section 4.2): vision, language and
 * genomics together.
 *
 * c = 4, blocks of 16 x 16, as many hypermodules as locations, one challenger (lambda = 1), 1000 steps a
 * generation, learning rate 0.001. What the paper's main text leaves open: two generations of burn-in,
 * challengers for half of the locations in a generation, believed in as much as the incumbent at
 * its start (alpha = 0.5), soft weights at rate 0.1. How long to search is yours to say: 100 generations
 * are 100,000 steps. Ten more, without challengers, let settle what was mixed until then; the best state
 * of all generations is kept.
 *
 * @example
 * ```ts
 * createTraining([vision, language, genomics], { ...crossModalSettings, generations: 50, seed: 3 });
 * ```
 */
export const crossModalSettings: TrainingSettings = {
  ...defaultSettings,
  block: [16, 16],
  contextSize: 4,
  modules: null,
  lambda: 1,
  fraction: 0.5,
  alpha: 0.5,
  finalAlpha: null,
  softLearningRate: 0.1,
  learningRate: 1e-3,
  stepsPerGeneration: 1000,
  burnIn: 2,
  generations: 100,
  finalGenerations: 10,
};
