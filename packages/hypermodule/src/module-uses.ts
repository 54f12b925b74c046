/** How many locations use each of `modules` hypermodules, `[K]`. */
export function moduleUses(alignment: Int32Array, modules: number): Int32Array {
  const uses = new Int32Array(modules);
  for (const module of alignment) uses[module] = uses[module]! + 1;
  return uses;
}
