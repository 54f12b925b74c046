import type { ActiveBackend } from "@muir/backend";
import { formatAddress, locationAddress } from "@muir/decompose";
import type { RunConfig } from "@muir/report";
import { originalParameters, type PreparedRun } from "./prepare-synthetic.js";
import { versions } from "./versions.js";

/** What a run's `config.json` holds: every setting, and what it was made with. */
export function configRecord(
  { config, training, task, groups }: PreparedRun,
  backend: ActiveBackend,
): RunConfig & Record<string, unknown> {
  const { plan } = training;
  return {
    ...config,
    backend: backend.name,
    device: backend.device,
    threads: backend.threads,
    skippedBackends: backend.skipped,
    versions: versions(),
    locations: plan.locations,
    modules: training.modules,
    block: plan.block,
    locationNames: Array.from({ length: plan.locations }, (_, l) =>
      formatAddress(locationAddress(plan, l)),
    ),
    ...(groups && plan.locations > 0 && { groups: [...groups] }),
    originalParameters: originalParameters(task),
  };
}
