import "@tensorflow/tfjs"; // registers gradients and the cpu backend, once for the whole program
import { isBackendUnavailable } from "@muir/backend";
import { isDataError } from "@muir/data";
import * as tf from "@tensorflow/tfjs-core";
import { Command, CommanderError } from "commander";
import { compareCommand } from "./commands/compare.js";
import { addConfigFlags, addRunFlags, wholeNumber } from "./commands/config-flags.js";
import { doctorCommand } from "./commands/doctor.js";
import { reportCommand } from "./commands/report.js";
import { runSyntheticCommand } from "./commands/run-synthetic.js";
import { theoryCommand } from "./commands/theory.js";
import { muirVersion } from "./run/versions.js";
import { RunFailure } from "./run-failure.js";
import { UsageError } from "./usage-error.js";

/**
 * Runs the program and says how it ended: 0 done, 2 something the user gave cannot be used,
 * 3 a run could not go on, 130 stopped by Ctrl-C.
 *
 * @param args the words after the program's name.
 */
export async function main(args: readonly string[], signal: AbortSignal): Promise<number> {
  tf.enableProdMode(); // no banner of tfjs; checks of its own that cost time
  try {
    let code = 0;
    const program = buildProgram(signal, (ended) => {
      code = ended;
    });
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    return reportError(error);
  }
}

function buildProgram(signal: AbortSignal, ended: (code: number) => void): Command {
  const program = new Command("muir")
    .description(
      "Train networks jointly; find which shared hypermodule generates which of their blocks.",
    )
    .version(muirVersion)
    .exitOverride()
    .configureOutput({ outputError: () => {} }) // reportError prints it, in one line
    .showSuggestionAfterError();
  const run = program.command("run").description("train");
  const synthetic = run
    .command("synthetic")
    .description("thirty regression tasks in three groups (paper, section 4.1)");
  addConfigFlags(addRunFlags(synthetic))
    .option("--out <dir>", "folder to write the run to (default: runs/…)")
    .option("--json", "print the summary as JSON, nothing else")
    .option("--quiet", "print nothing but errors")
    .action(async (flags) => ended(await runSyntheticCommand(flags, signal)));
  const compare = program
    .command("compare")
    .description("all methods over several seeds, beside the paper's Table 2");
  addConfigFlags(compare)
    .option("--variants <names>", "clean,noisy", "clean,noisy")
    .option("--methods <names>", "any of stl,muir,random,oracle", "stl,random,oracle,muir")
    .option("--seeds <A..B>", "one run of each for each seed", "1..10")
    .option("--jobs <n>", "runs at a time (default: one a core)", wholeNumber)
    .option("--out <dir>", "folder for all runs and the comparison", "runs/compare")
    .option("--json", "print the comparison as JSON, nothing else")
    .action(async (flags) => ended(await compareCommand(flags, signal)));
  program
    .command("report <dir>")
    .description("write a run's page and figures")
    .action(async (dir) => ended(await reportCommand(dir)));
  program
    .command("theory")
    .description("measure how long the search takes, against the paper's theorems")
    .option("--seed <n>", "seed of everything random", wholeNumber, 1)
    .option("--runs <n>", "runs for each number of locations", wholeNumber, 20)
    .option("--out <dir>", "folder to write to", "runs/theory")
    .option("--json", "print the table as JSON, nothing else")
    .action(async (flags) => ended(await theoryCommand(flags)));
  program
    .command("doctor")
    .description("which backends work here, and what would be faster")
    .option("--json", "print as JSON")
    .action(async (flags) => ended(await doctorCommand(flags)));
  return program;
}

function reportError(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0; // help and version
    if (error.code === "commander.help") return 2; // it printed the help
    return fail(error.message.replace(/^error: /, "muir: ").replaceAll("\n", " "), 2);
  }
  if (error instanceof UsageError || isDataError(error) || isBackendUnavailable(error)) {
    return fail(error.message, 2);
  }
  if (error instanceof RangeError) return fail(error.message, 2);
  if (error instanceof RunFailure) return fail(error.message, 3);
  const { stack } = error as Error;
  return fail(stack ?? String(error), 1);
}

function fail(message: string, code: number): number {
  process.stderr.write(`${message}\n`);
  return code;
}
