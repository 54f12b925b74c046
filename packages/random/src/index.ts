export { createRandom, type Random, type RandomState, restoreRandom } from "./random.js";
export { standardNormal } from "./standard-normal.js";
