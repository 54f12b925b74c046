import { type Command, InvalidArgumentError, Option } from "commander";
import { METHODS, VARIANTS } from "../config/synthetic-config.js";

/** Adds the flags that describe a synthetic run, but for what differs between commands. */
export function addConfigFlags(command: Command): Command {
  return command
    .option("--data <dir>", "folder with train_X.npy, train_Y.npy, test_X.npy, test_Y.npy")
    .option(
      "--backend <name>",
      "tfjs-node-gpu, tfjs-node, webgpu, wasm, cpu, or auto: the first that works",
    )
    .option("--generations <n>", "most generations of search (default: 1000)", wholeNumber)
    .option("--config <file>", "YAML file with any of the settings")
    .option("--set <path=value>", "one setting, such as training.lambda=2 (repeatable)", collect)
    .option("--force", "overwrite a run that the output folder holds");
}

/** `--variant` and `--method` of a single run. */
export function addRunFlags(command: Command): Command {
  return command
    .addOption(
      new Option("--variant <name>", "targets without or with noise (default: clean)").choices(
        VARIANTS,
      ),
    )
    .addOption(
      new Option("--method <name>", "how the tasks are trained (default: muir)").choices(METHODS),
    )
    .option("--seed <n>", "seed of everything random (default: 1)", wholeNumber)
    .option("--seeds <A..B>", "one run for each seed");
}

export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(text);
}

const collect = (value: string, before: readonly string[] = []) => [...before, value];
