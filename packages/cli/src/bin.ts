#!/usr/bin/env node
import { main } from "./main.js";
import { stopSignal } from "./terminal/stop-signal.js";

// `muir … | head` closes the pipe: what is printed is lost, what is computed need not be
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});
process.exitCode = await main(process.argv.slice(2), stopSignal);
