/** Modules of Node that are used where the program runs in Node. */
interface NodeModules {
  "node:fs": typeof import("node:fs");
  "node:module": typeof import("node:module");
  "node:os": typeof import("node:os");
  "node:url": typeof import("node:url");
  "node:util": typeof import("node:util");
  "node:v8": typeof import("node:v8");
  "node:worker_threads": typeof import("node:worker_threads");
}

/** Whether the program runs in Node. */
export const isNode = (): boolean => nodeModule("node:util") !== undefined;

/**
 * A module of Node, or undefined where the program does not run in Node.
 *
 * Not an import, so that bundlers for the browser find nothing to follow.
 */
export function nodeModule<Name extends keyof NodeModules>(
  name: Name,
): NodeModules[Name] | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  return process?.getBuiltinModule?.(name) as NodeModules[Name] | undefined;
}
