import type { DecompositionPlan } from "@muir/decompose";
import type { Task } from "./task.js";

/** Tasks and how their weights are cut into blocks. */
interface PlannedTasks {
  readonly tasks: readonly Task[];
  readonly plan: DecompositionPlan;
}

/**
 * The place of each location in the topological order of its own task, from 0, `[L]`: parameters in their
 * architecture's order, and within a parameter by matrix, then row, then column.
 *
 * It is what tasks have in common where they share by order alone, as in classical sharing: location i of
 * one with location i of every other, whatever their layers are. Tasks that an architecture stacks are
 * tasks of their own, each with its part of every parameter.
 */
export function topologicalOrder({ tasks, plan }: PlannedTasks): Int32Array {
  const order = new Int32Array(plan.locations);
  for (const { name, architecture } of tasks) {
    let place = 0;
    for (const { model, first, count, matrices } of plan.shared) {
      if (model !== name) continue;
      // matrices of one task stand together, for the axis of tasks comes first
      const own = matrices % architecture.tasks === 0 ? count / architecture.tasks : count;
      for (let i = 0; i < count; i++) order[first + i] = place + (i % own);
      place += own;
    }
  }
  return order;
}
