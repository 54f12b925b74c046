import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Agreement, agreementOf, type Found } from "./agreement.js";
import { alternate, type Rounds, type Timing } from "./alternate.js";
import { type CaseName, isAlsoFolded } from "./cases/case-name.js";
import { drawCase } from "./cases/draw-case.js";
import { type Given, tfjsCommand, torchCommand } from "./commands.js";
import { type Command, type Contender, startContender } from "./contender.js";
import type { Torch } from "./find-torch.js";
import { type SizesName, sizesOf } from "./sizes.js";
import { readFolder, writeFolder } from "./tensor-folder.js";

/** Who may be timed. */
export type ContenderName = "muir" | "torch" | "torchFolded" | "stockWasm" | "stockCpu";

/** What was found about one contender. */
export type Measured =
  | {
      readonly timing: Timing;
      /** Peak resident memory of its process, in bytes; null where the system does not tell. */
      readonly peakBytes: number | null;
      /** How far its losses and gradients lie from muir's; absent for muir itself. */
      readonly agreement?: Agreement;
    }
  /** Why it was not timed. */
  | { readonly problem: string };

/** What was found about one case. */
export interface CaseResult {
  readonly name: CaseName;
  readonly contenders: Readonly<Partial<Record<ContenderName, Measured>>>;
}

/** How cases are timed. */
export interface TimeCaseOptions {
  readonly sizes: SizesName;
  /** Of every contender that can use several. */
  readonly threads: number;
  readonly rounds: Rounds;
  readonly torch: Torch | null;
  /** Whether TensorFlow.js as it comes is timed too. */
  readonly stock: boolean;
  /** Ends all contenders at once; the promise is then rejected. */
  readonly signal: AbortSignal;
}

/** A contender that takes longer to start and to give its gradients is not timed. */
const secondsForGradients = 60;

/**
 * Times one case. Every contender starts from the same tensors in a process of its own; one whose losses
 * or gradients are not muir's is not timed; the others step in turn.
 */
export async function timeCase(name: CaseName, options: TimeCaseOptions): Promise<CaseResult> {
  const { signal } = options;
  const folder = mkdtempSync(join(tmpdir(), `muir-bench-${name}-`));
  const started = new Map<ContenderName, Contender>();
  const found: Partial<Record<ContenderName, Measured>> = {};
  try {
    writeFolder(folder, drawCase(name, sizesOf(options.sizes)));
    const agreements = new Map<ContenderName, Agreement>();
    let ours: Found | null = null;
    for (const [contender, command] of commandsOf({ ...options, name, folder }, options)) {
      const late = new AbortController();
      const limit = setTimeout(() => late.abort(), 1000 * secondsForGradients);
      try {
        const running = await startContender(command, AbortSignal.any([signal, late.signal]));
        started.set(contender, running);
        const { losses } = await running.gradients();
        const gradients = readFolder(folder, "gradients");
        if (ours === null) ours = { losses, gradients };
        else agreements.set(contender, agreementOf(ours, { losses, gradients }));
      } catch (error) {
        signal.throwIfAborted();
        if (contender === "muir") throw error;
        const problem = late.signal.aborted
          ? `its gradients took longer than ${secondsForGradients} s`
          : (error as Error).message;
        found[contender] = { problem };
        await started.get(contender)?.end();
        started.delete(contender);
      } finally {
        clearTimeout(limit);
      }
    }
    const timings = await alternate(Object.fromEntries(started), options.rounds);
    for (const [contender, running] of started) {
      const agreement = agreements.get(contender);
      found[contender] = {
        timing: timings[contender]!,
        peakBytes: await running.memory(),
        ...(agreement && { agreement }),
      };
    }
    return { name, contenders: found };
  } finally {
    await Promise.all([...started.values()].map((running) => running.end()));
    rmSync(folder, { recursive: true, force: true });
  }
}

function commandsOf(given: Given, { torch, stock }: TimeCaseOptions): [ContenderName, Command][] {
  const commands: [ContenderName, Command][] = [["muir", tfjsCommand("wasm", given)]];
  if (torch) commands.push(["torch", torchCommand(torch, "", given)]);
  if (torch && isAlsoFolded(given.name)) {
    commands.push(["torchFolded", torchCommand(torch, "_folded", given)]);
  }
  if (stock) {
    commands.push(["stockWasm", tfjsCommand("stock-wasm", given)]);
    commands.push(["stockCpu", tfjsCommand("stock-cpu", given)]);
  }
  return commands;
}
