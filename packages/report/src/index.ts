export type {
  GenerationRecord,
  RunConfig,
  RunRecord,
  RunSummary,
  TaskRecord,
} from "./run-record.js";
