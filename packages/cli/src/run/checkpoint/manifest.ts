import { CheckpointError } from "./checkpoint-error.js";
import type { TrainingRecord } from "./checkpoint-parts.js";

/** What `manifest.json` holds: all of a checkpoint but large arrays. */
export interface Manifest {
  readonly format: typeof FORMAT;
  readonly version: number;
  /** The muir that wrote it. */
  readonly muir: string;
  /** Sizes of the safetensors files, by name. */
  readonly bytes: Readonly<Record<string, number>>;
  readonly training: TrainingRecord;
  /** What the program remembers of the run. */
  readonly run: RunMemory;
}

/** What a run remembers besides its training. */
export interface RunMemory {
  /** Mean milliseconds of a step, added up over generations; wall seconds of the whole run so far. */
  readonly milliseconds: number;
  readonly wallSeconds: number;
  /** Each time that training was set back because a number stopped being finite. */
  readonly restores: readonly Restore[];
}

/** Training was set back to an earlier checkpoint, and went on with a lower learning rate. */
export interface Restore {
  /** The generation that was gone back to, after which training went on. */
  readonly generation: number;
  /** The rate it went on with. */
  readonly learningRate: number;
  /** What was not finite. */
  readonly because: string;
}

export const MANIFEST = "manifest.json";
export const FORMAT = "muir-checkpoint";
/** Version 1 was a lone safetensors file from which no run could go on. */
export const VERSION = 2;

/**
 * Reads a manifest whose checksum was found right.
 *
 * @throws {CheckpointError} if it is no manifest, or one of another version.
 */
export function parseManifest(text: string): Manifest {
  const manifest = parseJson(text);
  if (manifest?.format !== FORMAT) {
    throw new CheckpointError(`${MANIFEST} must say "format": "${FORMAT}".`);
  }
  const { version, training, run, bytes } = manifest;
  if (version !== VERSION) {
    const remedy =
      Number(version) > VERSION
        ? "Use the muir that wrote it, or a newer one"
        : "It cannot be gone on from";
    throw new CheckpointError(
      `its format has version ${JSON.stringify(version)}; this muir reads ${VERSION}. ${remedy}.`,
      "version",
    );
  }
  const isRecord = (value: unknown) => typeof value === "object" && value !== null;
  if (![training, run, bytes, training?.latest, run?.restores].every(isRecord)) {
    throw new CheckpointError(`${MANIFEST} must hold the training, the run and sizes of files.`);
  }
  return manifest as Manifest;
}

function parseJson(text: string): Partial<Manifest> | null {
  try {
    return JSON.parse(text);
  } catch {
    throw new CheckpointError(`${MANIFEST} must be JSON.`);
  }
}
