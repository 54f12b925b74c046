import { Command, Option } from "commander";
import { muirVersion } from "../run/versions.js";
import { addCompare } from "./add-compare.js";
import { addData } from "./add-data.js";
import { addResume } from "./add-resume.js";
import { addRun } from "./add-run.js";
import { wholeNumber } from "./config-flags.js";

/**
 * The program's commands and flags.
 *
 * @param ended told the exit code of the command that ran.
 */
export function buildProgram(
  stopSignal: () => AbortSignal,
  ended: (code: number) => void,
): Command {
  const program = new Command("muir")
    .description("Train networks together; find out, while they train, what they can share.")
    .version(muirVersion)
    .exitOverride()
    .configureOutput({ outputError: () => {} }) // main reports it, in one line
    .showSuggestionAfterError()
    .addHelpText("after", examples);
  // each command is loaded when it is used: help and errors need not wait for TensorFlow.js
  const run = addRun(program);
  run.synthetic.action(async (flags) => {
    const { runSyntheticCommand } = await import("./run-synthetic.js");
    ended(await runSyntheticCommand(flags, stopSignal));
  });
  run.crossModal.action(async (flags) => {
    const { runCrossModalCommand } = await import("./run-cross-modal.js");
    ended(await runCrossModalCommand(flags, stopSignal));
  });
  const compare = addCompare(program);
  compare.synthetic.action(async (flags) => {
    const { compareCommand } = await import("./compare-synthetic.js");
    ended(await compareCommand(flags, stopSignal));
  });
  for (const name of ["crossModal", "table3", "table6", "table7"] as const) {
    compare[name].action(async (flags) => {
      const { compareCrossModalCommand } = await import("./compare-cross-modal.js");
      const table = name === "crossModal" ? undefined : name;
      ended(await compareCrossModalCommand(flags, stopSignal, table));
    });
  }
  addResume(program).action(async (dir, flags) => {
    const { resumeCommand } = await import("./resume.js");
    ended(await resumeCommand(dir, flags, stopSignal));
  });
  addReport(program).action(async (dir, flags) => {
    const { reportCommand } = await import("./report.js");
    ended(await reportCommand(dir, flags, stopSignal));
  });
  addExport(program).action(async (run, flags) => {
    const { exportCommand } = await import("./export.js");
    ended(await exportCommand(run, flags));
  });
  addTheory(program).action(async (flags) => {
    const { theoryCommand } = await import("./theory.js");
    ended(await theoryCommand(flags));
  });
  addBench(program).action(async (flags) => {
    const { benchCommand } = await import("./bench.js");
    ended(await benchCommand(flags, stopSignal));
  });
  const data = addData(program);
  data.fetch.action(async (name, flags) => {
    const { dataFetchCommand } = await import("./data-fetch.js");
    ended(await dataFetchCommand(name, flags));
  });
  data.info.action(async (path, flags) => {
    const { dataInfoCommand } = await import("./data-info.js");
    ended(await dataInfoCommand(path, flags));
  });
  addConfig(program).action(async () => {
    const { configSchemaCommand } = await import("./config-schema.js");
    ended(configSchemaCommand());
  });
  addDoctor(program).action(async (flags) => {
    const { doctorCommand } = await import("./doctor.js");
    ended(await doctorCommand(flags));
  });
  return program;
}

const examples = `
Examples:
  muir run synthetic                       thirty tasks find their three groups
  muir run synthetic --method stl          the same tasks, each alone
  muir run cross-modal                     vision, language, genomics in one
  muir resume runs/…                       go on with a run that was interrupted
  muir compare --seeds 1..3                all methods, beside the paper's table
  muir data fetch cifar10                  download, verify and unpack a dataset
  muir bench                               a training step against PyTorch's
  muir run synthetic --help                all flags and settings`;

function addReport(program: Command): Command {
  return program
    .command("report <dir>")
    .summary("write a run's page and figures again, or those of a run that goes on")
    .description(
      "Write a run's page and figures again, or those of a run that goes on; or serve the page, and bring it up to date.",
    )
    .option("--alone <dirs...>", "runs that train its tasks alone, to draw beside it")
    .option("--watch", "serve the page to this machine, and write nothing")
    .option(
      "--port <n>",
      "where to serve it (default: any that is free)",
      wholeNumber("--port", { most: 65535 }),
      0,
    );
}

function addExport(program: Command): Command {
  return program
    .command("export <run>")
    .summary("a task's trained network, to be used without muir")
    .description(
      "Write the trained network of a task, to be used without muir: as a layers model that TensorFlow.js loads, or its tensors as a safetensors file.",
    )
    .option("--task <name>", "whose network (default: the only one)")
    .addOption(
      new Option("--format <name>", "what to write")
        .choices(["layers-model", "safetensors"])
        .default("layers-model"),
    )
    .option("--out <path>", "folder, or file, to write (default: TASK, or TASK.safetensors)")
    .option("--force", "overwrite what is there");
}

function addTheory(program: Command): Command {
  const seed = wholeNumber("--seed", { most: 0xffffffff });
  const runs = wholeNumber("--runs", { least: 2 });
  const locations = wholeNumber("--locations", { least: 32, most: 2 ** 24 });
  return program
    .command("theory")
    .summary("measure how long the search takes, against the paper's theorems")
    .description(
      "How long the search takes on linear fitness, measured against what the paper proves (Table 1, Theorems 3.1 and 3.2).",
    )
    .option("--seed <n>", "seed of everything random", seed, 1)
    .option("--runs <n>", "runs for each number of locations", runs, 20)
    .option("--locations <n>", "most locations, where the time allows", locations, 2 ** 20)
    .option("--out <dir>", "folder to write to", "runs/theory")
    .option("--json", "print the table as JSON, nothing else");
}

function addBench(program: Command): Command {
  const threads = wholeNumber("--threads", { least: 1, most: 256 });
  return program
    .command("bench")
    .summary("time training steps against PyTorch and plain TensorFlow.js")
    .description(
      "Training steps of the paper's networks, timed against PyTorch, where a Python here has it, and against TensorFlow.js as it comes. Losses and gradients are compared first, so that only equal work is timed. Use a quiet machine.",
    )
    .option("--cases <names>", "which, such as lenet,joint_lenet (default: all)")
    .addOption(
      new Option("--sizes <name>", "the paper's sizes, or tiny ones to try it")
        .choices(["paper", "tiny"])
        .default("paper"),
    )
    .option("--threads <n>", "threads of each contender (default: one a core)", threads)
    .option("--rounds <n>", "steps that count", wholeNumber("--rounds", { least: 1 }), 7)
    .option("--no-torch", "leave PyTorch out")
    .option("--no-stock", "leave plain TensorFlow.js out")
    .option("--json", "print JSON, nothing else");
}

function addConfig(program: Command): Command {
  return program
    .command("config")
    .description("the configuration of runs")
    .command("schema")
    .description(
      "Print the JSON Schema of a configuration of `muir run cross-modal`, by which editors complete and check a YAML file.",
    );
}

function addDoctor(program: Command): Command {
  return program
    .command("doctor")
    .description("which backends work here, how fast, and what would be faster")
    .option("--json", "print JSON, nothing else");
}
