import type { GenerationEvent } from "@muir/trainer";
import { duration } from "./format.js";

/** Shows how a run goes on. */
export interface Progress {
  show(event: GenerationEvent): void;
  /** Leaves the terminal as it should be for what comes next. */
  end(): void;
}

interface ProgressOptions {
  /** Most generations the run may take. */
  readonly most: number;
  readonly stepsPerGeneration: number;
  readonly metric: string;
}

/** One line that is drawn again and again, on a terminal. */
export function terminalProgress(stream: NodeJS.WriteStream, options: ProgressOptions): Progress {
  const start = performance.now();
  let drawn = 0;
  return {
    show(event) {
      const now = performance.now();
      if (now - drawn < 80) return;
      drawn = now;
      const width = 24;
      const done = Math.round((event.generation / options.most) * width);
      const bar = "█".repeat(done) + "░".repeat(width - done);
      const left = ((now - start) / event.generation) * (options.most - event.generation);
      const line = `${bar} ${facts(event, options)}  ${duration(left / 1000)} left`;
      stream.write(`\r\x1b[K${line.slice(0, stream.columns ?? 120)}`);
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
      stream.write(`${facts(event, options)}\n`);
    },
    end: () => {},
  };
}

/** Shows nothing. */
export const silentProgress: Progress = { show: () => {}, end: () => {} };

function facts(event: GenerationEvent, { most, metric }: ProgressOptions): string {
  const modules = event.activeModules > 0 ? `${event.activeModules} hypermodules` : "no sharing";
  const errors = Object.values(event.tasks).flatMap(({ validationMetric }) => validationMetric);
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  const speed = Math.round(1000 / event.stepMilliseconds);
  return [
    `${event.phase} ${event.generation}/${most}`,
    `loss ${event.trainLoss.toPrecision(3)}`,
    `validation ${metric} ${mean.toPrecision(3)}`,
    modules,
    `${speed.toLocaleString("en")} steps/s`,
  ].join("  ");
}
