import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "@muir/cli";
import * as tf from "@tensorflow/tfjs-core";
import { onTestFinished, vi } from "vitest";

/** How the program ended and what it printed. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the program here, with these words after its name. */
export const muir = (...words: string[]): Promise<Ended> => muirUntil(undefined, words);

/** The same, with the signal that Ctrl-C would give. */
export async function muirUntil(
  signal: AbortSignal | undefined,
  words: readonly string[],
): Promise<Ended> {
  const printed = { out: "", err: "" };
  const into = (stream: "out" | "err") => (text: unknown) => {
    printed[stream] += String(text);
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, "write").mockImplementation(into("out")),
    vi.spyOn(process.stderr, "write").mockImplementation(into("err")),
    vi.spyOn(console, "log").mockImplementation((text) => void into("out")(`${text}\n`)),
    vi.spyOn(console, "warn").mockImplementation((text) => void into("err")(`${text}\n`)),
  ];
  const checks = tf.env().getBool("PROD");
  try {
    const code = await main(words, signal && (() => signal));
    return { code, ...printed };
  } finally {
    for (const spy of spies) spy.mockRestore();
    tf.env().set("PROD", checks); // what the program sets for itself is set for all tests
    await tf.setBackend("cpu");
  }
}

/** Settings with which a run takes a few milliseconds. */
export const TINY = [
  ...["--backend", "cpu", "--generations", "2"],
  ...["--set", "stepsPerGeneration=3", "--set", "finalGenerations=0"],
] as const;

/** An empty folder that is there until the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "muir-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Everything below a folder, as sorted paths; none if there is no folder. */
export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
}

/** The JSON of a file. */
export const readJson = (...path: string[]) => JSON.parse(readFileSync(join(...path), "utf8"));
