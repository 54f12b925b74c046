import type { Shape } from "@muir/decompose";
import type { ModelState } from "./architecture.js";

/**
 * Checks that state has what an architecture carries from batch to batch.
 *
 * @throws {RangeError} naming the first that is missing or has another shape, and the remedy.
 */
export function requireState(
  architecture: string,
  state: ModelState,
  { batch, shapes }: { batch: number; shapes: Readonly<Record<string, Shape>> },
): void {
  for (const [name, shape] of Object.entries(shapes)) {
    const got = state[name]?.shape;
    if (String(got) === String(shape)) continue;
    throw new RangeError(
      `${architecture}: state ${name} must be [${shape}]; got ${got ? `[${got}]` : "none"}. Start from initialState(${batch}).`,
    );
  }
}
