export { randomSeeds, seeds, type Tiling, type TilingLimits, tilings } from "./arbitraries.js";
export { type Closeness, closeness, type Tolerance } from "./closeness.js";
export { countTensors } from "./count-tensors.js";
export { answerTo, type HostileReader } from "./hostile-reader.js";
export { assertLaw, type LawOptions, law } from "./law.js";
export { type LawSettings, lawSettings } from "./law-settings.js";
export { MOST_ADDED, type MutatedBytesOptions, mutatedBytes } from "./mutated-bytes.js";
export { seededDraws } from "./seeded-draws.js";
export { exact, normal, numbered } from "./tensors.js";
