import type { ActiveBackend } from "@muir/backend";

/** Why none of the faster backends is used, one line for each reason; none where nothing was skipped. */
export function skippedLines({ skipped }: ActiveBackend): string[] {
  const names = new Map<string, string[]>();
  for (const { name, problem } of skipped)
    names.set(problem, [...(names.get(problem) ?? []), name]);
  return [...names].map(([problem, those]) => {
    const told = those.length > 1 ? problem.replace(/^it is /, "they are ") : problem;
    return `  not ${those.join(", ")}: ${told}`;
  });
}
