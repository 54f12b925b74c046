import type { Command } from "commander";
import { TABLES, WAY_NAMES } from "../compare/cross-modal-plan.js";
import { METHODS, syntheticSchema, VARIANTS } from "../config/synthetic-config.js";
import { crossModalSchema } from "../cross-modal/cross-modal-config.js";
import { addCrossModalFlags } from "./add-run.js";
import {
  addCommonFlags,
  addConfigFlags,
  addSettingsHelp,
  collect,
  wholeNumber,
} from "./config-flags.js";

/** `muir compare` and its experiments; without one it is the synthetic. */
export function addCompare(
  program: Command,
): Readonly<Record<"synthetic" | "crossModal" | keyof typeof TABLES, Command>> {
  const compare = program
    .command("compare")
    .summary("methods over several seeds, as a table")
    .description(
      "Methods over several seeds. Runs that are finished are kept, so a comparison that was stopped goes on.",
    );
  return {
    synthetic: addSynthetic(compare),
    crossModal: addCrossModal(compare),
    table3: addTable(compare, "table3", "alone, within one architecture, in pairs, all together"),
    table6: addTable(compare, "table6", "classical sharing, parallel adapters, muir"),
    table7: addTable(compare, "table7", "muir with contexts of 0, 1, 2, 4 and 8 numbers"),
  };
}

function addSynthetic(compare: Command): Command {
  const synthetic = compare
    .command("synthetic", { isDefault: true })
    .alias("table2")
    .summary("all methods beside the paper's Table 2 (the default)")
    .description("All methods over several seeds, beside the paper's Table 2.")
    .option("--variants <names>", `any of ${VARIANTS.join(",")}`, VARIANTS.join(","))
    .option("--methods <names>", `any of ${METHODS.join(",")}`, "stl,random,oracle,muir")
    .option(
      "--vary <setting=values>",
      "muir with each of these values of a training setting, such as lambda=1,2,4 (repeatable)",
      collect,
    )
    .option(
      "--seeds <A..B>",
      "one run of each for each seed from A to B; also a list, 1..3,7",
      "1..10",
    )
    .option(
      "--jobs <n>",
      "runs at a time (default: one a core)",
      wholeNumber("--jobs", { least: 1 }),
    );
  addOutFlags(addConfigFlags(synthetic), "runs/compare");
  return addSettingsHelp(synthetic, syntheticSchema);
}

function addCrossModal(compare: Command): Command {
  const crossModal = compare
    .command("cross-modal")
    .summary("tasks alone, in pairs and together, or by other methods")
    .description(
      "Vision, language and genomics, or the tasks of a file: each alone, as its plain network; sharing modules within itself; with each other task; all together; or by other methods. Test metric, its difference to alone seed by seed with a bootstrap interval, and the p of a paired t test.",
    )
    .option("--methods <names>", `any of ${WAY_NAMES.join(",")}`, "alone,together");
  return addCrossModalRuns(crossModal);
}

function addTable(compare: Command, name: keyof typeof TABLES, says: string): Command {
  const number = name.replace("table", "Table ");
  const command = compare
    .command(name)
    .summary(`${number}: ${says}`)
    .description(
      `${number} of the paper: ${says}. \`muir compare cross-modal --methods ${TABLES[name].join(",")}\`, in files named ${name}; runs that another table has made in the same folder are not made again.`,
    );
  return addCrossModalRuns(command);
}

function addCrossModalRuns(command: Command): Command {
  command
    .option(
      "--vary <setting=values>",
      "all tasks together with each of these values of a training setting, such as lambda=1,2,4 (repeatable)",
      collect,
    )
    .option(
      "--seeds <A..B>",
      "one run of each for each seed from A to B; also a list, 1..3,7",
      "1..3",
    )
    .option(
      "--jobs <n>",
      "runs at a time, which share the cores (default: 1)",
      wholeNumber("--jobs", { least: 1 }),
    );
  addOutFlags(addCommonFlags(addCrossModalFlags(command)), "runs/compare-cross-modal");
  return addSettingsHelp(command, crossModalSchema);
}

function addOutFlags(command: Command, folder: string): Command {
  return command
    .option("--out <dir>", "folder for all runs and the comparison", folder)
    .option("--force", "overwrite runs in it that have other settings")
    .option("--json", "print the comparison as JSON, nothing else");
}
