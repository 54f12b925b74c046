import { readRunConfig } from "../run/check-out-folder.js";

/** The shape of one example of a task, as its run wrote it down; none for a synthetic run. */
export function inputShapeOf(run: string, task: string): readonly number[] {
  const shapes = readRunConfig(run)?.["inputShapes"] as Record<string, number[]> | undefined;
  return shapes?.[task] ?? [];
}
