export type { MatrixView, ParameterKind, Shape } from "./matrix-view.js";
