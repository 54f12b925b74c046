import type { FoundLayer } from "./found-layers.js";
import type { ModelParts } from "./model-parts.js";

type Config = Readonly<Record<string, unknown>>;

/** What of a model an architecture does not carry over, or what one may not expect of it; for people. */
export function modelNotes({ layers, weights }: ModelParts): string[] {
  const owners = new Set(weights.map(({ found }) => found));
  return layers.flatMap((found) => {
    const config = found.layer.getConfig() as Config;
    return [...(owners.has(found) ? ownerNotes(found, config) : []), ...seedNotes(found, config)];
  });
}

function ownerNotes({ path }: FoundLayer, config: Config): string[] {
  const set = (ending: string) =>
    Object.keys(config).filter((key) => key.endsWith(ending) && config[key] != null);
  return [
    ...set("Regularizer").map(
      (key) => `${path}: ${key} is not applied; a loss of the task may hold it`,
    ),
    ...set("Constraint").map((key) => `${path}: ${key} is not applied`),
    ...(config["unitForgetBias"] === true
      ? [`${path}: the bias starts at 0, also that of the forget gate, which the model starts at 1`]
      : []),
  ];
}

function seedNotes({ path, type }: FoundLayer, config: Config): string[] {
  const hasSeed = type.includes("Dropout") && config["seed"] != null;
  return hasSeed
    ? [`${path}: drops the same entries in every step, since it was made with a seed`]
    : [];
}
