import { initialAlignment } from "@muir/ea";
import type { Random } from "@muir/random";
import { moduleCount, type Network } from "./network.js";
import { topologicalOrder } from "./topological-order.js";

/** The module of each location before the first generation, `[L]`, as the settings choose it. */
export function firstAlignment(network: Network, random: Random): Int32Array {
  const { settings, plan } = network;
  return initialAlignment(settings.initialAlignment, {
    locations: plan.locations,
    modules: moduleCount(network),
    random: random.split("alignment"),
    depths: topologicalOrder(network),
    ...(settings.alignment && { alignment: settings.alignment }),
  });
}
