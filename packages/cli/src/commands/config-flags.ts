import { BACKEND_NAMES } from "@muir/backend";
import { type Command, Option } from "commander";
import type { z } from "zod";
import { settingRows } from "../config/settings-table.js";
import { SYNTHETIC_PRESETS, syntheticSchema } from "../config/synthetic-config.js";
import { DEFAULT_INTERVAL, parseInterval } from "../run/checkpoint/checkpoint-interval.js";
import { UsageError } from "../usage-error.js";

const standard = syntheticSchema.parse({});

/** The seeds of `muir run`. */
export function addSeedFlags(command: Command): Command {
  return command
    .option(
      "--seed <n>",
      `seed of everything random (default: ${standard.seed})`,
      wholeNumber("--seed"),
    )
    .option("--seeds <A..B>", "one run for each seed from A to B; also a list, 1..3,7");
}

/** The flags that describe any synthetic run. */
export function addConfigFlags(command: Command): Command {
  command
    .option(
      "--preset <name>",
      `${SYNTHETIC_PRESETS.join(", ")}: the sizes to begin from (default: ${standard.preset})`,
    )
    .option(
      "--generations <n>",
      "most generations of search (default: the preset's)",
      wholeNumber("--generations"),
    )
    .option(
      "--data <dir>",
      "folder with train_X.npy, train_Y.npy, test_X.npy and test_Y.npy (default: generated data)",
    );
  return addCommonFlags(command);
}

/** The flags of any run's configuration. */
export function addCommonFlags(command: Command): Command {
  return command
    .option("--config <file>", "YAML file with any of the settings below")
    .option(
      "--set <path=value>",
      "any of the settings below, such as lambda=2 (repeatable)",
      collect,
    )
    .option(
      "--backend <name>",
      `${BACKEND_NAMES.join(", ")}, or auto: the first of these that works (default: ${standard.backend})`,
    )
    .option(
      "--threads <n>",
      "threads of the wasm backend (default: one a core)",
      wholeNumber("--threads", { least: 1, most: 256 }),
    );
}

/** The flags of runs that may be interrupted. */
export function addDurableFlags(command: Command): Command {
  return command
    .option(
      "--checkpoint-every <5m|N>",
      `minutes, seconds (30s) or generations between checkpoints (default: ${DEFAULT_INTERVAL})`,
      parseInterval,
    )
    .addOption(
      new Option(
        "--on-nan <what>",
        "once a number stops being finite: stop, or restore the last checkpoint with half the learning rate, at most three times",
      ).choices(["stop", "restore"]),
    );
}

/** The list of settings, below the flags. */
export function addSettingsHelp(command: Command, schema: z.ZodType = syntheticSchema): Command {
  return command.addHelpText("after", () => {
    const rows = settingRows(schema).filter(({ path }) => path !== "experiment");
    const widest = (texts: string[]) => Math.max(...texts.map(({ length }) => length));
    const name = widest(rows.map(({ path }) => path));
    const value = widest(rows.map((row) => row.standard));
    const lines = rows.map(
      (row) => `  ${row.path.padEnd(name)}  ${row.standard.padEnd(value)}  ${row.meaning}`,
    );
    return `\nSettings and their defaults, for --set and --config; flags come last:\n${lines.join("\n")}`;
  });
}

/**
 * Reads a flag's whole number.
 *
 * @throws {UsageError} if it is none, or below `least`, or above `most`.
 */
export function wholeNumber(
  flag: string,
  { least = 0, most = Number.MAX_SAFE_INTEGER }: { least?: number; most?: number } = {},
): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    const range = most < Number.MAX_SAFE_INTEGER ? `from ${least} to ${most}` : `${least} or more`;
    throw new UsageError(`${flag}: must be a whole number, ${range}; got "${text}".`);
  };
}

/** Of a flag that may be given several times. */
export const collect = (value: string, before: readonly string[] = []) => [...before, value];
