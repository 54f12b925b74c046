/** What is needed of Node's `process`. */
export interface NodeProcess {
  /** A module that comes with Node; not by `import()`, which a bundler for the browser might follow. */
  getBuiltinModule(name: string): unknown;
}

/** Node's `process`; undefined in a browser. */
export function nodeProcess(): NodeProcess | undefined {
  const { process } = globalThis as unknown as {
    process?: NodeProcess & { readonly versions?: { readonly node?: string } };
  };
  return process?.versions?.node === undefined ? undefined : process;
}
