import type { Architecture } from "@muir/models";

/** Numbers that an architecture is made of. */
export function parameterCount({ parameters }: Architecture): number {
  const sizes = Object.values(parameters).map(({ shape }) => shape.reduce((a, b) => a * b, 1));
  return sizes.reduce((a, b) => a + b, 0);
}
