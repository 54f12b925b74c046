let stop: AbortController | undefined;

/** Programs that start this one, such as pnpm, pass on the Ctrl-C that the terminal gave to it too. */
const SAME_KEY_MILLISECONDS = 300;

/** What ends a program in order: Ctrl-C, and what systems send before they stop by force. */
const CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * The signal that Ctrl-C or SIGTERM gives to a command that can end in order; a second one ends the program
 * at once. Before the first call, and for commands that never call it, they do what they always do.
 */
export function stopSignal(): AbortSignal {
  stop ??= listen(new AbortController());
  return stop.signal;
}

/** The exit code of a command that a signal stopped; 0 if none did. */
export function stopCode(signal: AbortSignal | undefined): number {
  if (!signal?.aborted) return 0;
  return signal.reason === "SIGTERM" ? CODES.SIGTERM : CODES.SIGINT;
}

function listen(controller: AbortController): AbortController {
  let first = Number.NaN;
  for (const name of Object.keys(CODES) as (keyof typeof CODES)[]) {
    process.on(name, () => {
      if (controller.signal.aborted) {
        const isSameKey = name === "SIGINT" && performance.now() - first <= SAME_KEY_MILLISECONDS;
        if (!isSameKey) process.exit(CODES[name]);
        return;
      }
      first = performance.now();
      const clear = process.stderr.isTTY ? "\r\x1b[K" : ""; // of the progress bar and the ^C on it
      const key = name === "SIGINT" ? "Ctrl-C" : name;
      process.stderr.write(`${clear}stopping (${key} again stops at once)\n`);
      controller.abort(name);
    });
  }
  return controller;
}
