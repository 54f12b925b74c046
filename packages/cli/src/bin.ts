#!/usr/bin/env node
import { main } from "./main.js";
import { endWithParent } from "./terminal/end-with-parent.js";
import { stopSignal } from "./terminal/stop-signal.js";

// `muir … | head` closes the pipe: what is printed is lost, what is computed need not be
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}
endWithParent();
process.exitCode = await main(process.argv.slice(2), stopSignal);
