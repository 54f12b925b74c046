import type { Task } from "./task.js";

/**
 * Checks that the weights a task begins from are its parameters'.
 *
 * @throws {RangeError} naming the first that is missing, unknown or of another shape.
 */
export function checkStart({ name, architecture, start }: Task): void {
  if (start === undefined) return;
  const { parameters } = architecture;
  for (const [parameter, { shape }] of Object.entries(parameters)) {
    const given = start[parameter];
    if (given !== undefined && String(given.shape) === String(shape)) continue;
    throw new RangeError(
      `train: start of task "${name}" must hold "${parameter}" of shape [${shape}]; got ${given ? `shape [${given.shape}]` : "none"}.`,
    );
  }
  const stray = Object.keys(start).find((parameter) => !Object.hasOwn(parameters, parameter));
  if (stray === undefined) return;
  throw new RangeError(
    `train: start of task "${name}" must name parameters of its architecture, ${Object.keys(parameters).join(", ")}; got "${stray}".`,
  );
}
