import { spawnSync } from "node:child_process";

/** A Python that has PyTorch. */
export interface Torch {
  readonly python: string;
  readonly version: string;
}

const question = "import torch; print(torch.__version__)";

/**
 * The first of `pythons` that has PyTorch; null where none has. A Debian package belongs to the system's
 * Python, which need not be the first one on the path.
 */
export function findTorch(
  pythons: readonly string[] = [process.env["MUIR_PYTHON"] ?? "python3", "/usr/bin/python3"],
): Torch | null {
  for (const python of pythons) {
    const { status, stdout } = spawnSync(python, ["-c", question], { encoding: "utf8" });
    if (status === 0) return { python, version: stdout.trim() };
  }
  return null;
}
