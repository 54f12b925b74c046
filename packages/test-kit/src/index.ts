export { randomSeeds, seeds, tilings } from "./arbitraries.js";
export { closeness, type Tolerance } from "./close.js";
export { law } from "./law.js";
export { exact, numbered } from "./tensors.js";
