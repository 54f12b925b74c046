import type { GenerationEvent } from "@muir/trainer";
import { counted, duration, shortNumber } from "./format.js";

/** Shows how a run goes on. */
export interface Progress {
  show(event: GenerationEvent): void;
  /** Leaves the terminal as it should be for what comes next. */
  end(): void;
}

/** Where a run's progress is written, and what there is to say. */
export interface ProgressOptions {
  /** Most generations the run may take. */
  readonly most: number;
  /** What to call the one metric of stacked tasks; null: every task is shown by its own. */
  readonly metric: string | null;
}

/** One line that is drawn again and again, on a terminal; it never wraps. */
export function terminalProgress(stream: NodeJS.WriteStream, options: ProgressOptions): Progress {
  const start = performance.now();
  let drawn = 0;
  return {
    show(event) {
      const now = performance.now();
      if (now - drawn < 80) return;
      drawn = now;
      const seconds = (now - start) / 1000;
      stream.write(
        `\r\x1b[K${barLine(event, { ...options, seconds, columns: stream.columns || 80 })}`,
      );
    },
    end: () => void (drawn > 0 && stream.write("\r\x1b[K")),
  };
}

/** A line every few seconds and at each change of phase, where there is no terminal. */
export function lineProgress(stream: NodeJS.WritableStream, options: ProgressOptions): Progress {
  let written = Number.NEGATIVE_INFINITY;
  let phase = "";
  return {
    show(event) {
      const now = performance.now();
      if (now - written < 5000 && event.phase === phase) return;
      written = now;
      phase = event.phase;
      const { place, loss, error, modules, speed } = facts(event, options);
      stream.write(`${[place, loss, error, modules, speed].join("  ")}\n`);
    },
    end: () => {},
  };
}

/** Shows nothing. */
export const silentProgress: Progress = { show: () => {}, end: () => {} };

interface BarOptions extends ProgressOptions {
  /** Since the run began. */
  readonly seconds: number;
  readonly columns: number;
}

/** A bar and as many facts as one line of the terminal has room for. */
export function barLine(event: GenerationEvent, options: BarOptions): string {
  const { generation } = event;
  const { most, seconds, columns } = options;
  const { loss, error, modules, speed } = facts(event, options);
  const left = `${duration((seconds / generation) * (most - generation))} left`;
  const count = `${generation}/${most}`;
  const choices = [
    [count, loss, error, modules, speed, left],
    [count, loss, modules, speed, left],
    [count, loss, modules, left],
    [count, left],
  ];
  const width = columns - 3; // the terminal shows a Ctrl-C as ^C, which then stays on this line too
  const room = (parts: readonly string[]) => width - 2 - parts.join("  ").length;
  const parts = choices.find((choice) => room(choice) >= 8) ?? [count];
  const cells = Math.max(1, Math.min(24, room(parts)));
  const done = Math.round((generation / most) * cells);
  const bar = "█".repeat(done) + "░".repeat(cells - done);
  return [bar, ...parts].join("  ").slice(0, width);
}

function facts(event: GenerationEvent, { most, metric }: ProgressOptions) {
  const speed = Math.round(1000 / event.stepMilliseconds);
  return {
    place: `${event.phase === "search" ? "generation" : event.phase} ${event.generation}/${most}`,
    loss: `loss ${shortNumber(event.trainLoss)}`,
    error: errors(event, metric),
    modules: event.activeModules > 0 ? counted(event.activeModules, "hypermodule") : "no sharing",
    speed: `${speed.toLocaleString("en")} steps/s`,
  };
}

/** Each task's metric, or the mean over the tasks that one task stacks. */
function errors({ tasks }: GenerationEvent, metric: string | null): string {
  const mean = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0) / of.length;
  return Object.entries(tasks)
    .map(
      ([name, task]) =>
        `${metric ?? `${name} ${task.metric}`} ${shortNumber(mean(task.validationMetric))}`,
    )
    .join("  ");
}
