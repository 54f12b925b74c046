import { join } from "node:path";
import { parseConfig } from "../config/parse-config.js";
import { parseSyntheticConfig } from "../config/parse-synthetic-config.js";
import { syntheticSchema } from "../config/synthetic-config.js";
import { whereGiven } from "../config/where-given.js";
import { crossModalSchema } from "../cross-modal/cross-modal-config.js";
import { prepareCrossModal } from "../cross-modal/prepare-cross-modal.js";
import { readRunConfig } from "../run/check-out-folder.js";
import { prepareSynthetic } from "../run/prepare-synthetic.js";
import type { PreparedRun } from "../run/prepared-run.js";
import { resumeRun } from "../run/resume-run.js";
import { lockRun } from "../run/run-lock.js";
import { type BackendSettings, startBackend } from "../run/start-backend.js";
import { toJson } from "../run/to-json.js";
import { versions } from "../run/versions.js";
import { stopCode } from "../terminal/stop-signal.js";
import { UsageError } from "../usage-error.js";
import { type DurableFlags, durableOptions, type RunFlags, runOne } from "./run-command.js";

/** The flags of `muir resume`. */
export interface ResumeFlags extends Pick<RunFlags, "json" | "quiet">, DurableFlags {
  readonly generations?: number;
  readonly finalGenerations?: number;
}

/**
 * `muir resume`: goes on with a run from its newest whole checkpoint, as if nothing had happened.
 *
 * @returns the exit code: 0, or 130 or 143 when a signal stopped it again.
 */
export async function resumeCommand(
  dir: string,
  flags: ResumeFlags,
  stopSignal: () => AbortSignal,
): Promise<number> {
  const record = readRunConfig(dir);
  if (record === null) {
    throw new UsageError(
      `${dir}: must be the folder of a run; it has no config.json that muir wrote. Give a folder that \`muir run\` wrote.`,
    );
  }
  const { config, prepare } = experimentOf(dir, { record, flags });
  const lock = lockRun(dir);
  try {
    warnOfVersions(record);
    const backend = await startBackend(config);
    const { run, from } = await resumeRun(await prepare(), join(dir, "checkpoints"));
    const signal = stopSignal();
    const options = { out: dir, backend, signal, from, ...durableOptions(flags) };
    const summary = await runOne(run, { ...options, flags });
    if (flags.json) console.log(toJson(summary, 2));
    return stopCode(signal);
  } finally {
    lock.release();
  }
}

interface Experiment {
  readonly config: BackendSettings;
  prepare(): Promise<PreparedRun>;
}

/** What `config.json` says of the run, with the lengths that flags ask for. */
function experimentOf(
  dir: string,
  { record, flags }: { record: Record<string, unknown>; flags: ResumeFlags },
): Experiment {
  const { generations, finalGenerations } = flags;
  const training = {
    ...(record["training"] as object),
    ...(generations !== undefined && { generations }),
    ...(finalGenerations !== undefined && { finalGenerations }),
  };
  const flagOf = (path: string) => {
    if (path === "training.generations" && generations !== undefined) return "generations";
    const isFinal = path === "training.finalGenerations" && finalGenerations !== undefined;
    return isFinal ? "final-generations" : undefined;
  };
  const subject = whereGiven({ flagOf, set: undefined, config: join(dir, "config.json") });
  const given = (schema: { shape: object }) =>
    Object.fromEntries(Object.keys(schema.shape).map((key) => [key, { ...record, training }[key]]));
  if (record["experiment"] === "cross-modal") {
    const listed = "muir config schema";
    const config = parseConfig(crossModalSchema, given(crossModalSchema), { subject, listed });
    return { config, prepare: () => prepareCrossModal(config) };
  }
  const config = parseSyntheticConfig(given(syntheticSchema), subject);
  return { config, prepare: () => prepareSynthetic(config) };
}

/** Other versions may round otherwise. */
function warnOfVersions({ versions: then }: Record<string, unknown>): void {
  const before = then as Readonly<Record<string, string>>;
  const changed = Object.entries(versions())
    .filter(([name, version]) => before[name] !== version)
    .map(([name, version]) => `${name} ${before[name]}, now ${version}`);
  if (changed.length === 0) return;
  process.stderr.write(`muir: the run began with ${changed.join("; ")}: numbers may differ.\n`);
}
