let stop: AbortController | undefined;

/** Programs that start this one, such as pnpm, pass on the Ctrl-C that the terminal gave to it too. */
const SAME_KEY_MILLISECONDS = 300;

/**
 * The signal that Ctrl-C gives to a command that can end in order; a second one ends the program at
 * once. Before the first call, and for commands that never call it, Ctrl-C does what it always does.
 */
export function stopSignal(): AbortSignal {
  stop ??= listen(new AbortController());
  return stop.signal;
}

function listen(controller: AbortController): AbortController {
  let first = Number.NaN;
  process.on("SIGINT", () => {
    if (controller.signal.aborted) {
      if (performance.now() - first > SAME_KEY_MILLISECONDS) process.exit(130);
      return;
    }
    first = performance.now();
    const clear = process.stderr.isTTY ? "\r\x1b[K" : ""; // of the progress bar and the ^C on it
    process.stderr.write(`${clear}stopping (Ctrl-C again stops at once)\n`);
    controller.abort();
  });
  return controller;
}
