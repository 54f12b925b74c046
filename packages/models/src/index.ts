export type {
  Applied,
  ApplyContext,
  Architecture,
  Initializer,
  ModelState,
  ParameterSpec,
} from "./architecture.js";
