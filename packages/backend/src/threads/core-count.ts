import { nodeModule } from "../node-module.js";

/** How many threads this machine can run at a time. */
export function coreCount(): number {
  return nodeModule("node:os")?.availableParallelism() ?? navigator.hardwareConcurrency;
}
