import { nodeModule } from "../node-module.js";
import { THREAD_PROGRAM } from "./thread-program.js";
import type { ThreadStart } from "./thread-start.js";

/** A helping thread, in Node or in a page. */
export interface Helper {
  end(): Promise<void>;
}

/**
 * Starts a helping thread; resolves when it is ready to work.
 *
 * @param died told what happened if the thread ends by itself later on.
 */
export function startHelper(start: ThreadStart, died: (problem: string) => void): Promise<Helper> {
  const tools = nodeModule("node:worker_threads");
  return tools ? startInNode(start, { tools, died }) : startInPage(start, died);
}

function startInNode(
  start: ThreadStart,
  { tools, died }: { tools: typeof import("node:worker_threads"); died: (problem: string) => void },
): Promise<Helper> {
  // flags of the program, such as a module loader, are nothing to a thread that imports nothing
  const worker = new tools.Worker(THREAD_PROGRAM, { eval: true, execArgv: [], env: {} });
  return new Promise((resolve, reject) => {
    let ending = false;
    const lost = (problem: string) => {
      reject(new Error(`startHelper: a thread must start; got: it ${problem}.`));
      if (!ending) died(problem);
    };
    worker.on("error", (error) => lost(`failed (${(error as Error).message})`));
    worker.on("exit", () => lost("ended"));
    worker.once("message", () => {
      worker.unref();
      resolve({
        async end() {
          ending = true;
          await worker.terminate();
        },
      });
    });
    worker.postMessage(start);
  });
}

function startInPage(start: ThreadStart, died: (problem: string) => void): Promise<Helper> {
  const address = URL.createObjectURL(new Blob([THREAD_PROGRAM], { type: "text/javascript" }));
  const worker = new Worker(address);
  return new Promise((resolve, reject) => {
    worker.addEventListener("error", ({ message }) => {
      reject(new Error(`startHelper: a thread must start; got: it failed (${message}).`));
      died(`failed (${message})`);
    });
    worker.addEventListener(
      "message",
      () => {
        URL.revokeObjectURL(address);
        resolve({ end: async () => worker.terminate() });
      },
      { once: true },
    );
    worker.postMessage(start);
  });
}
