import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Ended } from "./muir.js";

const require = createRequire(import.meta.url);

/** How to start the program from its sources: what node takes before the program's own words. */
export const nodeWords = [
  ...["--import", pathToFileURL(require.resolve("tsx")).href],
  ...["--conditions", "@muir/source"],
];

/** The file that is run. */
export const programPath = fileURLToPath(new URL("../src/bin.ts", import.meta.url));

/** The program as a process of its own. */
export interface Process {
  readonly ended: Promise<Ended>;
  /** Resolves once what it printed as progress contains `text`. */
  says(text: string): Promise<void>;
  interrupt(): void;
  kill(signal: NodeJS.Signals): void;
}

export function start(...words: string[]): Process {
  const child = spawn(process.execPath, [...nodeWords, programPath, ...words], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (code) => resolve({ code: code ?? -1, out, err }));
  });
  return {
    ended,
    says: (text) =>
      new Promise((resolve, reject) => {
        const look = () => void (err.includes(text) && resolve());
        child.stderr.on("data", look);
        child.on("close", () => reject(new Error(`it ended before it said "${text}": ${err}`)));
        look();
      }),
    interrupt: () => void child.kill("SIGINT"),
    kill: (signal) => void child.kill(signal),
  };
}
