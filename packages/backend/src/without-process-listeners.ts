/** What throws in a program without a listener of its own arrives at these. */
const events = ["uncaughtException", "unhandledRejection"] as const;

/** What is needed of Node's `process`; elsewhere there is none. */
interface Listening {
  listeners(event: string): unknown[];
  removeListener(event: string, listener: unknown): void;
}

/**
 * Runs `start` and, in Node, takes back the listeners for uncaught errors that it left behind.
 *
 * The Emscripten runtime of the wasm backend adds one for each event which only throws its argument
 * again. That changes nothing but the report: whatever the program throws later seems to come from
 * inside the backend, and Node prints the line it came from, which is all of its minified source.
 * All others stay, also those that the program adds meanwhile.
 */
export async function withoutProcessListeners<T>(start: () => Promise<T>): Promise<T> {
  const { process } = globalThis as unknown as { process?: Partial<Listening> };
  if (typeof process?.listeners !== "function") return start();
  const node = process as Listening;
  const before = events.map((event) => node.listeners(event));
  try {
    return await start();
  } finally {
    events.forEach((event, i) => {
      const added = node
        .listeners(event)
        .filter((listener) => !before[i]!.includes(listener) && throwsAgain(String(listener)));
      for (const listener of added) node.removeListener(event, listener);
    });
  }
}

/** Whether a function's text is that of Emscripten's listeners, whatever a minifier made of it. */
const throwsAgain = (text: string) =>
  /^(?:function\s*\(|\(?)(\w+)\)?\s*(?:=>)?\s*\{\s*(?:if\s*\(!\(\1 instanceof \w+\)\)\s*\{?)?\s*throw \1;?\s*\}?\s*\}$/.test(
    text.trim(),
  );
