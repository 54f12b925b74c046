import type { CrossModalConfig } from "../cross-modal/cross-modal-config.js";
import type { CrossModalFlags } from "../cross-modal/cross-modal-flags.js";
import { crossModalFrom } from "../cross-modal/cross-modal-from.js";
import { prepareCrossModal } from "../cross-modal/prepare-cross-modal.js";
import { type DurableFlags, type RunFlags, runCommand } from "./run-command.js";

/** `muir run cross-modal`: one run, or one for each seed. */
export function runCrossModalCommand(
  flags: RunFlags & DurableFlags & CrossModalFlags,
  stopSignal: () => AbortSignal,
): Promise<number> {
  const plan = {
    configOf: (seed?: number) => crossModalFrom(flags, seed === undefined ? {} : { seed }),
    nameOf: ({ preset, method, tasks }: CrossModalConfig) =>
      `cross-modal-${preset}-${Object.keys(tasks).join("-")}-${method}`,
    prepare: prepareCrossModal,
  };
  return runCommand(flags, plan, stopSignal);
}
