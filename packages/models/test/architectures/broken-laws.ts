import type { Architecture } from "@muir/models";
import {
  type ArchitectureLaw,
  architectureLaws,
  lawProblems,
  type TrialOptions,
} from "@muir/models/laws";

/** What is wrong with an architecture, by the law it breaks. */
export function brokenLaws(
  architecture: Architecture,
  options: Partial<TrialOptions> = {},
): Partial<Record<ArchitectureLaw, string[]>> {
  const found = architectureLaws.map(
    (law) => [law, lawProblems(architecture, { law, batch: 3, seed: 1, ...options })] as const,
  );
  return Object.fromEntries(found.filter(([, problems]) => problems.length > 0));
}
