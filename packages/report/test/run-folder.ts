import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunRecord } from "@muir/report";

/** The files that a run leaves, by name. */
export function runFiles(record: RunRecord): Record<string, string | Uint8Array> {
  const bytes = new DataView(new ArrayBuffer(4 * record.alignments.length));
  record.alignments.forEach((module, i) => {
    bytes.setInt32(4 * i, module, true);
  });
  return {
    "config.json": JSON.stringify(record.config),
    "events.jsonl": record.generations.map((g) => `${JSON.stringify(g)}\n`).join(""),
    "alignment.bin": new Uint8Array(bytes.buffer),
    ...(record.summary && { "summary.json": JSON.stringify(record.summary) }),
  };
}

/** Gives `use` a folder with `files` in it, for as long as it runs. */
export async function withFolder<T>(
  files: Record<string, string | Uint8Array | undefined>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "muir-report-"));
  try {
    for (const [name, content] of Object.entries(files)) {
      if (content !== undefined) writeFileSync(join(folder, name), content);
    }
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
