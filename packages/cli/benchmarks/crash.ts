// Kills runs by SIGKILL, goes on with them, and compares what they leave with a run that was left alone, byte for
// byte: `pnpm bench:crash [kills] [backend]`. Also fills a disk while a checkpoint is written, where it may mount one.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { createRandom } from "@muir/random";
import { killAt, type Moment } from "../test/crashing-run.js";
import { leftBy } from "../test/left-by.js";
import { start } from "../test/program.js";

const kills = Number(process.argv[2] ?? 50);
const backend = process.argv[3] ?? "wasm";
const random = createRandom(1);
const folder = mkdtempSync(join(tmpdir(), "muir-crash-"));
const words = [
  ...["run", "synthetic", "--quiet", "--backend", backend, "--generations", "150"],
  ...["--set", "stepsPerGeneration=10", "--set", "finalGenerations=10", "--checkpoint-every", "2"],
];
const files = [null, "latest.safetensors", "best.safetensors", "manifest.json", "SHA256SUMS"];
const count = (most: number) => 1 + Math.floor(random() * most);
const kinds: (() => Moment)[] = [
  () => ({ kind: "delay", milliseconds: random() * 400 }),
  () => ({ kind: "checkpoint", file: files[count(files.length) - 1]!, count: count(4) }),
  () => ({ kind: "event", count: count(8) }),
];

try {
  const whole = join(folder, "whole");
  await finished([...words, "--out", whole]);
  const expected = leftBy(whole);
  const done = { delay: 0, checkpoint: 0, event: 0, runs: 0, halfWritten: 0, halfLines: 0 };
  const killed = () => done.delay + done.checkpoint + done.event;
  while (killed() < kills) {
    const out = join(folder, `run${done.runs}`);
    let arguments_ = [...words, "--out", out];
    for (let ended = false; !ended; ) {
      const moment = kinds[killed() % kinds.length]!();
      // the last kill was the last: what is left is done in peace
      const last = killed() >= kills;
      const end = last ? await finished(arguments_) : await killAt(arguments_, { out, moment });
      ended = !end.wasKilled;
      if (ended && end.code !== 0) throw new Error(`a run ended with ${end.code}: ${end.err}`);
      if (end.wasKilled) {
        done[moment.kind] += 1;
        if (hasHalfACheckpoint(out)) done.halfWritten += 1;
      }
      const begun = existsSync(join(out, "checkpoints", "000001")) || readsAny(out);
      arguments_ = begun ? ["resume", out, "--quiet"] : [...words, "--out", out, "--force"];
    }
    if (!isDeepStrictEqual(leftBy(out), expected)) throw new Error(`${out} differs from ${whole}`);
    done.runs += 1;
    console.log(`run ${done.runs} equals the one that was left alone; ${killed()} SIGKILLs so far`);
    rmSync(out, { recursive: true });
  }
  console.log(
    `${killed()} SIGKILLs on ${backend} (${done.delay} at random times, ${done.checkpoint} while a checkpoint was written, of which ${done.halfWritten} left half of one, ${done.event} around an event line): ${done.runs} runs, all equal to the run that was left alone, byte for byte`,
  );
  await fillADisk();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function finished(arguments_: readonly string[]) {
  const { code, err } = await start(...arguments_).ended;
  if (code !== 0) throw new Error(`muir ${arguments_.join(" ")} ended with ${code}: ${err}`);
  return { wasKilled: false, code, err };
}

function readsAny(out: string): boolean {
  const checkpoints = join(out, "checkpoints");
  return existsSync(checkpoints) && readdirSync(checkpoints).some((name) => /^\d/.test(name));
}

function hasHalfACheckpoint(out: string): boolean {
  const checkpoints = join(out, "checkpoints");
  return (
    existsSync(checkpoints) && readdirSync(checkpoints).some((name) => /^\.part-\d/.test(name))
  );
}

/** A disk that is too small for the checkpoints of a run, and then large enough. */
async function fillADisk(): Promise<void> {
  const disk = join(folder, "disk");
  mkdirSync(disk);
  const size = checkpointBytes(join(folder, "whole"));
  const room = Math.ceil((1.6 * size + 60_000) / 4096) * 4096; // for one checkpoint, not for two
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${room}`, "tmpfs", disk], { stdio: "pipe" });
  } catch {
    return console.log("a full disk: not tried, for this user may mount none");
  }
  try {
    const out = join(disk, "run");
    const { code, err } = await start(...words, "--out", out).ended;
    console.log(`a full disk: exit code ${code}, ${err.trimEnd()}`);
    if (code !== 3 || !err.includes("ENOSPC")) throw new Error("a full disk must end with code 3");
    execFileSync("mount", ["-o", `remount,size=${40 * room}`, disk], { stdio: "pipe" });
    await finished(["resume", out, "--quiet"]);
    const isEqual = isDeepStrictEqual(leftBy(out), leftBy(join(folder, "whole")));
    console.log(
      `with more room it went on, ${isEqual ? "equal to the run that was left alone" : "DIFFERENT"}`,
    );
    if (!isEqual) process.exitCode = 1;
  } finally {
    execFileSync("umount", [disk], { stdio: "pipe" });
  }
}

function checkpointBytes(out: string): number {
  const newest = readdirSync(join(out, "checkpoints")).sort().at(-1)!;
  const inside = join(out, "checkpoints", newest);
  return readdirSync(inside).reduce((sum, name) => sum + statSync(join(inside, name)).size, 0);
}
