#!/usr/bin/env node
import { main } from "./main.js";

const stop = new AbortController();
process.on("SIGINT", () => {
  if (stop.signal.aborted) process.exit(130); // the second one does not wait
  process.stderr.write("\nstopping after this generation (Ctrl-C again stops at once)\n");
  stop.abort();
});
process.exitCode = await main(process.argv.slice(2), stop.signal);
