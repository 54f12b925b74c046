import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { CaseName } from "./cases/case-name.js";
import { childFlags } from "./child-flags.js";
import type { Command } from "./contender.js";
import type { Torch } from "./find-torch.js";
import type { BenchBackend } from "./prepare-backend.js";
import type { SizesName } from "./sizes.js";

/** What every contender is told. */
export interface Given {
  readonly name: CaseName;
  readonly folder: string;
  readonly sizes: SizesName;
  readonly threads: number;
}

/** The program that trains a case with TensorFlow.js, run as this one is run. */
export function tfjsCommand(backend: BenchBackend, given: Given): Command {
  const { name, folder, sizes, threads } = given;
  const program = ["serve.js", "serve.ts"]
    .map((file) => fileURLToPath(new URL(file, import.meta.url)))
    .find(existsSync)!;
  return {
    program: process.execPath,
    args: [...childFlags(process.execArgv), program, name, folder, sizes, backend, String(threads)],
  };
}

/** The program that trains a case with PyTorch. */
export function torchCommand({ python }: Torch, way: "" | "_folded", given: Given): Command {
  const { name, folder, threads } = given;
  const serve = fileURLToPath(new URL("../benchmarks/pytorch/serve.py", import.meta.url));
  return { program: python, args: [serve, `${name}${way}`, folder, "--threads", String(threads)] };
}
