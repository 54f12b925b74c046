import { checkPositiveInteger, checkSampling, checkValues } from "./check.js";
import type { Sampling } from "./proposal.js";

/** What every decomposed search asks of its setting. */
export function checkParts(
  caller: string,
  given: { initial: Int32Array; values: number; parts: number; sampling: Sampling },
): void {
  const { initial, values, parts, sampling } = given;
  checkPositiveInteger(caller, "values", values);
  checkPositiveInteger(caller, "parts", parts);
  checkSampling(caller, sampling);
  checkValues(caller, "initial", initial, values);
  if (initial.length === 0 || initial.length % parts !== 0) {
    throw new RangeError(
      `${caller}: parts must divide the number of locations; got ${parts} parts of ${initial.length} locations.`,
    );
  }
}
