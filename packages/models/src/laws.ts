export { type ArchitectureLaw, architectureLaws, lawProblems } from "./laws/architecture-laws.js";
export {
  type DescribeArchitectureOptions,
  describeArchitecture,
} from "./laws/describe-architecture.js";
export type { TrialOptions } from "./laws/trial.js";
