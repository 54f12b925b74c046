import { isBackendUnavailable } from "@muir/backend";
import { isDataError } from "@muir/data";
import { CommanderError } from "commander";
import { buildProgram } from "./commands/build-program.js";
import { isSystemError } from "./is-system-error.js";
import { CheckpointError } from "./run/checkpoint/checkpoint-error.js";
import { RunFailure } from "./run-failure.js";
import { UsageError } from "./usage-error.js";

/**
 * Runs the program and says how it ended: 0 done, 2 something the user gave cannot be used,
 * 3 a run could not go on, 130 stopped by Ctrl-C, 143 by SIGTERM; 1 is a mistake in the program itself.
 *
 * @param args the words after the program's name.
 * @param stopSignal asked for by commands that can end in order when the signal is given.
 * @example
 * ```ts
 * await main(["run", "synthetic", "--generations", "5", "--quiet"]); // 0
 * ```
 */
export async function main(
  args: readonly string[],
  stopSignal: () => AbortSignal = () => new AbortController().signal,
): Promise<number> {
  try {
    let code = 0;
    const program = buildProgram(stopSignal, (ended) => {
      code = ended;
    });
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    return reportError(error);
  }
}

function reportError(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0; // help and version
    if (error.code === "commander.help") return 2; // it printed the help
    return fail(error.message.replace(/^error: /, "muir: ").replaceAll("\n", " "), 2);
  }
  if (error instanceof UsageError || isDataError(error)) return fail(error.message, 2);
  if (isBackendUnavailable(error)) {
    return fail(
      `--backend ${error.backend}: must work here; got: ${error.problem} ${error.remedy}`,
      2,
    );
  }
  if (error instanceof CheckpointError) return fail(`muir: ${error.message}`, 3);
  if (error instanceof RunFailure) return fail(error.message, 3);
  if (isSystemError(error)) return fail(`muir: a file cannot be used: ${error.message}.`, 3);
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return fail(`muir: this is a mistake in muir itself; please report it.\n${told}`, 1);
}

function fail(message: string, code: number): number {
  process.stderr.write(`${message}\n`);
  return code;
}
