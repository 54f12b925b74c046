import * as Plot from "@observablehq/plot";
import type { GenerationRecord } from "./run-record.js";
import { textWidth } from "./text-width.js";

/**
 * A dashed line where each phase but the first begins, with its name along the top edge where
 * there is room for it.
 *
 * @param pixels width of the area between the axes.
 */
export function phaseMarks(
  generations: readonly GenerationRecord[],
  pixels: number,
): Plot.Markish[] {
  const starts = generations.filter((g, i) => i > 0 && g.phase !== generations[i - 1]!.phase);
  if (starts.length === 0) return [];
  const first = generations[0]!.generation;
  const span = Math.max(1, generations.at(-1)!.generation - first);
  const x = (generation: number) => ((generation - first) / span) * pixels;
  const labels = starts.flatMap((start, i) => {
    const text = names[start.phase];
    const room =
      (i + 1 < starts.length ? x(starts[i + 1]!.generation) : pixels) - x(start.generation);
    const before = x(start.generation) - (i > 0 ? x(starts[i - 1]!.generation) : 0);
    const needed = textWidth(text, 11) + 8;
    if (room >= needed) return [{ start, text, after: true }];
    // no room to the right of its line: to the left of it, unless the phase before needs that
    const taken = i > 0 ? textWidth(names[starts[i - 1]!.phase], 11) + 8 : 0;
    return before >= needed + taken ? [{ start, text, after: false }] : [];
  });
  return [
    Plot.ruleX(starts, {
      x: "generation",
      stroke: "currentColor",
      strokeOpacity: 0.45,
      strokeDasharray: "2 3",
    }),
    ...[true, false].map((after) =>
      Plot.text(
        labels.filter((label) => label.after === after),
        {
          x: ({ start }: (typeof labels)[number]) => start.generation,
          text: "text",
          frameAnchor: "top",
          textAnchor: after ? "start" : "end",
          lineAnchor: "top",
          dx: after ? 5 : -5,
          dy: 2,
          fontSize: 11,
          fill: "currentColor",
          fillOpacity: 0.65,
        },
      ),
    ),
  ];
}

const names = { "burn-in": "burn-in", search: "search", final: "final training" } as const;
