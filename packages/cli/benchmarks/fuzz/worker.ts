import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answerTo, type HostileReader, mutatedBytes } from "@muir/test-kit";
import fc from "fast-check";
import { type Figures, type FuzzJob, type FuzzMessage, kindOf, MOST_GROWTH } from "./figures.js";

const BATCH = 50;

const job: FuzzJob = JSON.parse(process.argv[2]!);
const say = (message: FuzzMessage) => process.send!(message);
const folder = mkdtempSync(join(tmpdir(), "muir-fuzz-"));
try {
  const { readers }: { readers: (folder: string) => readonly HostileReader[] } = await import(
    job.module
  );
  for (const reader of readers(folder)) {
    if (!job.done.includes(reader.name)) say({ figures: await tried(reader) });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
  process.disconnect();
}

async function tried(reader: HostileReader): Promise<Figures> {
  const kinds: Record<string, number> = {};
  let [inputs, results, slowestMilliseconds, growthBytes] = [0, 0, 0, 0];
  const figures = () => ({
    ...{ reader: reader.name, inputs, results, kinds, slowestMilliseconds, growthBytes },
  });
  for (const file of reader.files) await answerTo(reader, file).catch(() => {}); // its code is loaded
  for (const bytes of inputsOf(reader)) {
    if (inputs % BATCH === 0) say({ reader: reader.name, input: inputs });
    const before = peak();
    const start = performance.now();
    const violation = await answerTo(reader, bytes).then(
      (refusal) => {
        if (refusal === null) results += 1;
        else count(kinds, refusal);
      },
      (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error)),
    );
    slowestMilliseconds = Math.max(slowestMilliseconds, performance.now() - start);
    growthBytes = Math.max(growthBytes, peak() - before);
    const large = growthBytes > MOST_GROWTH ? `${growthBytes} bytes of memory` : undefined;
    const problem = violation ?? large;
    if (problem !== undefined) {
      return { ...figures(), violation: `input ${inputs} (${inHex(bytes)}): ${problem}` };
    }
    inputs += 1;
  }
  return figures();
}

function count(kinds: Record<string, number>, refusal: string): void {
  const kind = kindOf(refusal, folder);
  kinds[kind] = (kinds[kind] ?? 0) + 1;
}

function* inputsOf(reader: HostileReader): Generator<Uint8Array> {
  const arbitrary = mutatedBytes(reader.files, { words: reader.words ?? [] });
  const inputs = Math.round(job.inputs * (reader.weight ?? 1));
  for (let done = 0; done < inputs; done += BATCH) {
    const numRuns = Math.min(BATCH, inputs - done);
    yield* fc.sample(arbitrary, { numRuns, seed: job.seed + done });
  }
}

/** The most that the process has held so far. */
function peak(): number {
  return 1024 * process.resourceUsage().maxRSS;
}

function inHex(bytes: Uint8Array): string {
  return `${bytes.length} bytes: ${Buffer.from(bytes.subarray(0, 400)).toString("hex")}`;
}
