import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes what a comparison came to into its folder; the paths. */
export function writeFiles(out: string, files: Readonly<Record<string, string>>): string[] {
  mkdirSync(out, { recursive: true });
  return Object.entries(files).map(([name, content]) => {
    const path = join(out, name);
    writeFileSync(path, content);
    return path;
  });
}
