export { randomSeeds, seeds, type Tiling, type TilingLimits, tilings } from "./arbitraries.js";
export { type Closeness, closeness, type Tolerance } from "./closeness.js";
export { countTensors } from "./count-tensors.js";
export { assertLaw, type LawOptions, law } from "./law.js";
export { type LawSettings, lawSettings } from "./law-settings.js";
export { seededDraws } from "./seeded-draws.js";
export { exact, normal, numbered } from "./tensors.js";
