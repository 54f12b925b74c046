import type { Command } from "commander";
import { addDurableFlags, wholeNumber } from "./config-flags.js";

/** `muir resume`. */
export function addResume(program: Command): Command {
  const resume = program
    .command("resume <dir>")
    .summary("go on with a run that was interrupted, or make it longer")
    .description(
      "Go on with a run from its newest whole checkpoint, as if nothing had happened: on the same backend its numbers are those of a run that was never interrupted. With more generations it becomes a longer run, where that equals a longer run from the start.",
    )
    .option("--generations <n>", "most generations of search", wholeNumber("--generations"))
    .option(
      "--final-generations <n>",
      "most generations after the search",
      wholeNumber("--final-generations"),
    );
  return addDurableFlags(resume)
    .option("--json", "print the summary as JSON, nothing else")
    .option("--quiet", "print nothing but errors");
}
