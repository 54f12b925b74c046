export { BACKEND_NAMES, type BackendName, isBackendName } from "./backend-name.js";
export { BackendUnavailable, isBackendUnavailable } from "./backend-unavailable.js";
export { enableRelaxedSimd } from "./enable-relaxed-simd.js";
export { type BackendStatus, inspectBackends } from "./inspect-backends.js";
export type { AdamAttributes } from "./kernels/adam.js";
export type { GenerateBlocksAttributes } from "./kernels/generate-blocks.js";
export { registerTrainingKernels } from "./kernels/register-training-kernels.js";
export {
  type ActiveBackend,
  type SkippedBackend,
  type UseBackendOptions,
  useBackend,
} from "./use-backend.js";
export type { WasmPaths } from "./wasm/page-binary.js";
