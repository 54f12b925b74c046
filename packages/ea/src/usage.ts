import { checkPositiveInteger, checkValues } from "./check.js";

/**
 * How many locations use each module, `[modules]`.
 *
 * @throws {RangeError} if `modules` is not a positive integer or `alignment` holds something that
 *   is no module.
 * @throws {TypeError} if `alignment` is not an Int32Array.
 * @example
 * ```ts
 * usage(Int32Array.of(2, 0, 2), 4); // Int32Array [1, 0, 2, 0]
 * ```
 */
export function usage(alignment: Int32Array, modules: number): Int32Array {
  checkPositiveInteger("usage", "modules", modules);
  checkValues("usage", "alignment", alignment, modules);
  const uses = new Int32Array(modules);
  for (let location = 0; location < alignment.length; location++) {
    uses[alignment[location]!]!++;
  }
  return uses;
}

/**
 * How many modules at least one location uses.
 *
 * @throws as {@link usage}.
 * @example
 * ```ts
 * activeModules(Int32Array.of(2, 0, 2), 4); // 2
 * ```
 */
export function activeModules(alignment: Int32Array, modules: number): number {
  let active = 0;
  for (const uses of usage(alignment, modules)) active += uses > 0 ? 1 : 0;
  return active;
}
