import type { Sampling } from "./proposal.js";

/** @throws {RangeError} unless `value` is a positive integer. */
export function checkPositiveInteger(caller: string, name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new RangeError(`${caller}: ${name} must be a positive integer; got ${value}.`);
  }
}

/** @throws {RangeError} unless `sampling` is a known one. */
export function checkSampling(caller: string, sampling: Sampling): void {
  if (sampling !== "proportional" && sampling !== "uniform") {
    throw new RangeError(
      `${caller}: sampling must be "proportional" or "uniform"; got ${JSON.stringify(sampling)}.`,
    );
  }
}

/**
 * @throws {TypeError} unless `values` is an Int32Array.
 * @throws {RangeError} unless all of it lies in [0, bound).
 */
export function checkValues(caller: string, name: string, values: Int32Array, bound: number): void {
  if (!(values instanceof Int32Array)) {
    throw new TypeError(
      `${caller}: ${name} must be an Int32Array; got ${kindOf(values)}. Int32Array.from(${name}) makes one.`,
    );
  }
  for (let location = 0; location < values.length; location++) {
    const value = values[location]!;
    if (value < 0 || value >= bound) {
      throw new RangeError(
        `${caller}: ${name} must hold integers from 0 to ${bound - 1}; got ${value} at location ${location}.`,
      );
    }
  }
}

function kindOf(value: unknown): string {
  return value === null || value === undefined ? String(value) : Object(value).constructor.name;
}
