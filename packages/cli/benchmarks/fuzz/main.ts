// Tries every reader of @muir/data and @muir/cli with damaged files: pnpm bench:fuzz [inputs] [seed]
// `inputs` are those of a fast reader; slow ones get a share. Prints what came of it; exits with 1 if a reader
// did anything but read a file or refuse it in one line, in bounded time and memory.
import { fork } from "node:child_process";
import { randomInt } from "node:crypto";
import { fileURLToPath } from "node:url";
import {
  type Figures,
  type FuzzJob,
  type FuzzMessage,
  figureLines,
  MOST_HEAP_MEGABYTES,
  MOST_MILLISECONDS,
} from "./figures.js";

const inputs = Number(process.argv[2] ?? 10_000);
const seed = Number(process.argv[3] ?? randomInt(2 ** 30));
console.log(`seed ${seed}; the same again: pnpm bench:fuzz ${inputs} ${seed}\n`);

const start = performance.now();
const modules = ["../../../data/test/hostile/readers.ts", "../../test/hostile/readers.ts"];
const found = await Promise.all(
  modules.map((path) => figuresOf({ module: new URL(path, import.meta.url).href, inputs, seed })),
);
const all = found.flat();
for (const line of figureLines(all)) console.log(line);
const total = all.reduce((sum, each) => sum + each.inputs, 0);
const violations = all.filter(({ violation }) => violation !== undefined);
const seconds = ((performance.now() - start) / 1000).toFixed(0);
console.log(`\n${total} inputs in ${seconds} s, ${violations.length} violations`);
for (const { reader, violation } of violations) console.log(`${reader}: ${violation}`);
process.exit(violations.length > 0 ? 1 : 0);

/** All readers of a module, in a process of their own; in another one those after a reader that ended it. */
async function figuresOf(job: Omit<FuzzJob, "done">): Promise<Figures[]> {
  const all: Figures[] = [];
  for (let whole = false; !whole; ) {
    const before = all.length;
    whole = await watched({ ...job, done: all.map(({ reader }) => reader) }, (figures) => {
      all.push(figures);
      const { reader, inputs, results, slowestMilliseconds, growthBytes, violation } = figures;
      process.stderr.write(
        `${reader}: ${violation ?? `${inputs} inputs, ${results} read, slowest ${slowestMilliseconds} ms, growth ${growthBytes}`}\n`,
      );
    });
    if (!whole && all.length === before) throw new Error(`${job.module}: no reader was tried`);
  }
  return all;
}

/** Whether a process came to its end. If not, the reader that it was at is reported. */
function watched(job: FuzzJob, report: (figures: Figures) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const child = fork(
      fileURLToPath(new URL("./worker.ts", import.meta.url)),
      [JSON.stringify(job)],
      {
        execArgv: [...process.execArgv, `--max-old-space-size=${MOST_HEAP_MEGABYTES}`],
      },
    );
    let at: { readonly reader: string; readonly input: number } | undefined;
    let timer: NodeJS.Timeout | undefined;
    child.on("message", (message: FuzzMessage) => {
      clearTimeout(timer);
      if ("figures" in message) {
        at = undefined;
        return report(message.figures);
      }
      at = message;
      timer = setTimeout(() => child.kill("SIGKILL"), MOST_MILLISECONDS);
    });
    child.on("exit", (code, signal) => {
      clearTimeout(timer);
      if (at !== undefined) {
        report({
          ...{ reader: at.reader, inputs: at.input, results: 0, kinds: {} },
          ...{ slowestMilliseconds: 0, growthBytes: 0 },
          violation: `from input ${at.input} on, the process ended with ${signal ?? code}`,
        });
      }
      resolve(code === 0);
    });
  });
}
