import type { FetchProgress } from "@muir/data/node";
import { duration } from "./format.js";

/** Shows how a fetch goes on: one line drawn again and again on a terminal, a line now and then elsewhere. */
export function fetchProgress(
  stream: NodeJS.WriteStream,
  { silent = false }: { readonly silent?: boolean } = {},
): { show(progress: FetchProgress): void; end(): void } {
  const line = createFetchLine();
  const every = stream.isTTY ? 80 : 5000;
  let written = Number.NEGATIVE_INFINITY;
  let phase = "";
  return {
    show(progress) {
      const now = performance.now();
      const text = line(progress, now / 1000);
      const due = now - written >= every || progress.phase !== phase;
      if (silent || !due) return;
      written = now;
      phase = progress.phase;
      if (stream.isTTY) stream.write(`\r\x1b[K${text.slice(0, (stream.columns || 80) - 3)}`);
      else stream.write(`${text}\n`);
    },
    end: () => void (!silent && stream.isTTY && phase !== "" && stream.write("\r\x1b[K")),
  };
}

const PHASES = {
  download: "downloading",
  verify: "verifying",
  unpack: "unpacking",
  read: "reading it once",
} as const;

/** What is said of each report; it remembers the first of a download, to know its speed. */
export function createFetchLine(): (progress: FetchProgress, seconds: number) => string {
  let first: { readonly done: number; readonly seconds: number } | null = null;
  return (progress, seconds) => {
    if (progress.phase === "wait") {
      first = null;
      return `the download broke off (${progress.problem}); again in ${duration(progress.seconds)}`;
    }
    const { phase, done, total } = progress;
    if (phase !== "download") {
      return done > 0 ? `${PHASES[phase]}  ${megabytes(done)}` : PHASES[phase];
    }
    first ??= { done, seconds };
    const speed = (done - first.done) / (seconds - first.seconds); // NaN at first
    const parts = [
      PHASES.download,
      total === null
        ? megabytes(done)
        : `${Math.floor((100 * done) / total)} %  ${megabytes(done)} of ${megabytes(total)}`,
      ...(speed > 0 ? [`${megabytes(speed)}/s`] : []),
      ...(speed > 0 && total !== null ? [`${duration((total - done) / speed)} left`] : []),
    ];
    return parts.join("  ");
  };
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
