import { type Draft, isMap } from "./draft.js";
import { SYNTHETIC_PRESETS, type SyntheticPreset } from "./synthetic-config.js";

/** What each preset sets of the training: how long it is. All else is the paper's, section 4.1. */
const presets: Readonly<Record<SyntheticPreset, Draft>> = {
  tiny: { stepsPerGeneration: 50, generations: 60, finalGenerations: 20 },
  small: { generations: 250, finalGenerations: 50 },
  paper: {},
};

/**
 * A draft of a configuration that begins with a preset; a file says only what differs.
 *
 * @param given what the command names, which comes before the file's.
 */
export function withSyntheticPreset(file: Draft, given: unknown): Draft {
  const name = given ?? file["preset"] ?? "paper";
  const known = SYNTHETIC_PRESETS.find((preset) => preset === name);
  if (known === undefined) return { ...file, preset: name }; // the schema says what is wrong with it
  const training = isMap(file["training"]) ? file["training"] : {};
  return { ...file, preset: known, training: { ...presets[known], ...training } };
}
