import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { HostileReader } from "@muir/test-kit";
import { checkJob, finishedSummary } from "../../src/compare/job.js";
import { configFrom } from "../../src/config/draft-config.js";
import { syntheticSchema } from "../../src/config/synthetic-config.js";
import { crossModalSchema } from "../../src/cross-modal/cross-modal-config.js";
import { crossModalFrom } from "../../src/cross-modal/cross-modal-from.js";
import { UsageError } from "../../src/usage-error.js";
import { checkpointReaders } from "./checkpoint-readers.js";

const isRefusal = (error: unknown): error is UsageError => error instanceof UsageError;

const YAML = [
  "# a run\nvariant: noisy\nseed: 7\ntraining:\n  lambda: 2\n  alpha: 0.9\n  modules: null\n",
  "method: &m muir\ndata: { groups: 2, spacing: logarithmic, decades: 1.0e+0 }\n",
  "training:\n  generations: 3\n  sampling: uniform\n",
  "",
];
const JSON_FILE = '{"variant": "clean", "training": {"lambda": 3}, "data": {"folder": null}}';

/** The readers of configurations and of what a run left. They write what is to be read into `folder`. */
export function readers(folder: string): readonly HostileReader[] {
  return [
    config(folder, { name: "config (YAML)", files: YAML }),
    config(folder, { name: "config (JSON)", files: [JSON_FILE] }),
    crossModal(folder),
    setting(),
    earlierRun(folder, "config.json"),
    earlierRun(folder, "summary.json"),
    ...checkpointReaders(folder),
  ];
}

const WORDS = [
  ...[
    "&a ",
    "*a",
    "- ",
    "? ",
    ": ",
    "[",
    "{",
    "{a: ",
    "]",
    "}",
    "<<: *m",
    "!!js/function ",
    "!!binary ",
  ],
  ...[
    "%YAML 1.1\n---\n",
    "---\n",
    "...\n",
    "| ",
    "> ",
    '"\\n"',
    '"\\u2028"',
    "__proto__: ",
    "'",
    '"',
  ],
  ...["constructor: ", "toString: ", ".nan", ".inf", "1e999", "~", "null", "\t", "\n", "\ufeff"],
];

function config(folder: string, { name, files }: { name: string; files: string[] }): HostileReader {
  const path = join(folder, "settings.yaml");
  return {
    name,
    files: files.map((text) => Buffer.from(text)),
    words: WORDS,
    weight: 0.5,
    isRefusal,
    read(bytes) {
      writeFileSync(path, bytes);
      syntheticSchema.parse(configFrom({ config: path }));
    },
  };
}

const TASKS = [
  "preset: tiny\nseed: 3\n",
  "tasks:\n  lenet: { batchSize: 4 }\n  lstm: { weight: 2 }\ntraining: { block: [8, 8] }\n",
];

function crossModal(folder: string): HostileReader {
  const path = join(folder, "tasks.yaml");
  return {
    name: "config (YAML) of several tasks",
    files: TASKS.map((text) => Buffer.from(text)),
    words: [...WORDS, "tasks: ", "lenet: ", "architecture: ", "kind: ", "data: ", "training: "],
    weight: 0.3,
    isRefusal,
    read(bytes) {
      writeFileSync(path, bytes);
      crossModalSchema.parse(crossModalFrom({ config: path }));
    },
  };
}

function setting(): HostileReader {
  return {
    name: "--set",
    files: ["lambda=2", "data.folder=x", "method=muir", "learningRate=1e-3"].map((each) =>
      Buffer.from(each),
    ),
    words: [...WORDS, "=", "training.", "."],
    isRefusal,
    read: (bytes) => void configFrom({ set: [new TextDecoder().decode(bytes)] }),
  };
}

/** What is no record of a run is none: it is run again, or left alone. */
const DEEP = `"training": ${"[".repeat(20_000)}${"]".repeat(20_000)}, `;

function earlierRun(folder: string, file: "config.json" | "summary.json"): HostileReader {
  const out = join(folder, `run with ${file}`);
  const given = syntheticSchema.parse({});
  const whole = {
    "config.json": JSON.stringify({ ...given, versions: { muir: "0.0.0" } }),
    "summary.json": '{"status": "complete", "loss": 1}',
  };
  return {
    name: `${file} of an earlier run`,
    files: [Buffer.from(whole[file])],
    words: [
      "{",
      "[",
      "null",
      '"__proto__":',
      '"toString":',
      "1e999",
      '"training":',
      '"versions":',
      DEEP,
    ],
    weight: 0.3,
    isRefusal,
    read(bytes) {
      mkdirSync(out, { recursive: true });
      for (const [name, text] of Object.entries(whole)) writeFileSync(join(out, name), text);
      writeFileSync(join(out, file), bytes);
      checkJob({ config: given, out }, { force: false });
      finishedSummary({ config: given, out });
    },
  };
}
