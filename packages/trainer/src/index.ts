export { type Adam, type AdamOptions, createAdam } from "./adam.js";
export type { AdamSlot } from "./adam-slot.js";
export { ADAM, type AdamConstants } from "./adam-step.js";
export type { ChangeableSetting } from "./check-resume.js";
export { completeSettings } from "./complete-settings.js";
export { crossModalSettings } from "./cross-modal-settings.js";
export { type DivergenceDetails, DivergenceError, isDivergenceError } from "./divergence-error.js";
export type { Evaluation } from "./evaluate.js";
export type { TensorBatch } from "./feed.js";
export type { Pause } from "./generation.js";
export type { GenerationEvent, Phase, TaskProgress } from "./generation-event.js";
export type { Loss } from "./loss.js";
export { crossEntropy } from "./losses/cross-entropy.js";
export { meanSquaredError } from "./losses/mean-squared-error.js";
export type { BatchMetric, LossMetric, Metric } from "./metric.js";
export { correlation } from "./metrics/correlation.js";
export { errorPercent } from "./metrics/error-percent.js";
export { meanSquaredErrorMetric } from "./metrics/mean-squared-error-metric.js";
export { perplexity } from "./metrics/perplexity.js";
export { rootMeanSquaredError } from "./metrics/root-mean-squared-error.js";
export type { CompetitionNumbers, MidwayNumbers } from "./midway-numbers.js";
export { createNetwork, type Network } from "./network.js";
export type { Origin, SplitOrigin, TaskOrigin } from "./origin.js";
export type { PhasePosition } from "./phases.js";
export { firstSoftWeights } from "./search.js";
export { defaultSettings, type TrainingSettings } from "./settings.js";
export type { Snapshot, SnapshotTensor, StateNumbers } from "./snapshot.js";
export { type StepResult, trainStep } from "./step.js";
export { type StepGradients, type StepInputs, stepGradients } from "./step-gradients.js";
export type { TargetSpec } from "./target-spec.js";
export type { Task } from "./task.js";
export {
  createTraining,
  type GenerationsOptions,
  type ResumeOptions,
  type Training,
} from "./train.js";
export type { BestNumbers, TrainingCheckpoint } from "./training-checkpoint.js";
export { createState, disposeState, type TrainingState } from "./training-state.js";
