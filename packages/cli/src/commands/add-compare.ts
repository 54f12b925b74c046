import type { Command } from "commander";
import { ARRANGEMENTS } from "../compare/cross-modal-plan.js";
import { METHODS, syntheticSchema, VARIANTS } from "../config/synthetic-config.js";
import { crossModalSchema } from "../cross-modal/cross-modal-config.js";
import { addCrossModalFlags } from "./add-run.js";
import { addCommonFlags, addConfigFlags, addSettingsHelp, wholeNumber } from "./config-flags.js";

/** `muir compare` and its experiments; without one it is the synthetic. */
export function addCompare(
  program: Command,
): Readonly<Record<"synthetic" | "crossModal", Command>> {
  const compare = program
    .command("compare")
    .summary("methods over several seeds, as a table")
    .description(
      "Methods over several seeds. Runs that are finished are kept, so a comparison that was stopped goes on.",
    );
  return { synthetic: addSynthetic(compare), crossModal: addCrossModal(compare) };
}

function addSynthetic(compare: Command): Command {
  const synthetic = compare
    .command("synthetic", { isDefault: true })
    .summary("all methods beside the paper's Table 2 (the default)")
    .description("All methods over several seeds, beside the paper's Table 2.")
    .option("--variants <names>", `any of ${VARIANTS.join(",")}`, VARIANTS.join(","))
    .option("--methods <names>", `any of ${METHODS.join(",")}`, "stl,random,oracle,muir")
    .option("--seeds <A..B>", "one run of each for each seed from A to B", "1..10")
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
    .summary("each task alone, by itself, in pairs and together (Table 3)")
    .description(
      "Each task alone, as its plain network; sharing modules within itself; with each other task; and all together (paper, Table 3). Test metric, its difference to alone seed by seed with a bootstrap interval, and the paired t test's p.",
    )
    .option("--methods <names>", `any of ${ARRANGEMENTS.join(",")}`, "alone,together")
    .option("--seeds <A..B>", "one run of each for each seed from A to B", "1..3")
    .option(
      "--jobs <n>",
      "runs at a time, which share the cores (default: 1)",
      wholeNumber("--jobs", { least: 1 }),
    );
  addOutFlags(addCommonFlags(addCrossModalFlags(crossModal)), "runs/compare-cross-modal");
  return addSettingsHelp(crossModal, crossModalSchema);
}

function addOutFlags(command: Command, folder: string): Command {
  return command
    .option("--out <dir>", "folder for all runs and the comparison", folder)
    .option("--force", "overwrite runs in it that have other settings")
    .option("--json", "print the comparison as JSON, nothing else");
}
