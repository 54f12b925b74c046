export type { Agreement } from "./agreement.js";
export type { Rounds, Timing } from "./alternate.js";
export { benchTable } from "./bench-table.js";
export { CASES, type CaseName } from "./cases/case-name.js";
export { findTorch, type Torch } from "./find-torch.js";
export type { GradientDifference } from "./gradient-difference.js";
export { type BenchOptions, type BenchResult, runBench } from "./run-bench.js";
export type { SizesName } from "./sizes.js";
export type { CaseResult, ContenderName, Measured } from "./time-case.js";
