/**
 * The program of a helping thread. `pnpm assemble` bundles it into the text of `thread-program.ts`,
 * because a thread is started from a file or a text, and a package that others bundle has no files.
 */
import { nodeModule } from "../node-module.js";
import { boardOn, type PartKernel, serve } from "./board.js";
import type { ThreadStart } from "./thread-start.js";

const port = nodeModule("node:worker_threads")?.parentPort;
if (port) {
  port.once("message", (start) => begin(start, (ready) => port.postMessage(ready)));
} else {
  addEventListener("message", ({ data }) => begin(data, postMessage), { once: true });
}

function begin({ module, memory, board, names, thread }: ThreadStart, tell: (ready: true) => void) {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  tell(true);
  const kernels = names.map((name) => exports[name] as PartKernel);
  serve(boardOn(board), kernels, thread);
}
