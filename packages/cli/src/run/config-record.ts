import { formatAddress, locationAddress } from "@muir/decompose";
import type { RunConfig } from "@muir/report";
import { originalParameters, type PreparedRun, type RunOptions } from "./prepared-run.js";
import { versions } from "./versions.js";

/** What a run's `config.json` holds: every setting, and what it was made with. */
export function configRecord(
  { names, config, training, tasks, groups }: PreparedRun,
  { backend }: Pick<RunOptions, "backend">,
): RunConfig & Record<string, unknown> {
  const { plan } = training;
  return {
    ...config,
    ...names,
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
    inputShapes: Object.fromEntries(
      tasks.map(({ name, splits }) => [name, splits.train.inputShape]),
    ),
    originalParameters: originalParameters(tasks),
  };
}
