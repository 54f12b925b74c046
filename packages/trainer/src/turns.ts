/** Gives the event loop a turn now and then, so that long work stops neither timers, signals nor the page. */
export interface Turns {
  /** Whether the last turn was long enough ago. */
  due(): boolean;
  give(): Promise<void>;
}

/** A turn every fifty milliseconds. */
export function createTurns(): Turns {
  let last = performance.now();
  return {
    due: () => performance.now() - last > 50,
    async give() {
      await new Promise((resolve) => setTimeout(resolve));
      last = performance.now();
    },
  };
}
