/** A property that for a while is something else. */
export interface Replacement {
  readonly of: object;
  readonly key: string;
  readonly by: unknown;
}

/**
 * Runs with properties replaced, and puts them back as they were, whatever happens.
 *
 * Only for what runs to its end at once: nothing else can see the replacements then.
 */
export function withReplaced<T>(replacements: readonly Replacement[], run: () => T): T {
  const undo: (() => void)[] = [];
  try {
    for (const replacement of replacements) undo.push(replace(replacement));
    return run();
  } finally {
    for (const back of undo.reverse()) back();
  }
}

function replace({ of, key, by }: Replacement): () => void {
  const before = Object.getOwnPropertyDescriptor(of, key);
  Object.defineProperty(of, key, {
    value: by,
    writable: true,
    configurable: true,
    enumerable: before?.enumerable ?? true,
  });
  return () => {
    if (before === undefined) Reflect.deleteProperty(of, key);
    else Object.defineProperty(of, key, before);
  };
}
