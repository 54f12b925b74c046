import { existsSync, writeFileSync } from "node:fs";
import { type DataDescription, describeData } from "@muir/data/node";
import { shownPath } from "../terminal/shown-path.js";
import { UsageError } from "../usage-error.js";

/** The flags of `muir data info`. */
export interface DataInfoFlags {
  readonly sequence?: string;
  readonly score?: string;
  readonly cache?: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** `muir data info DATA`: what some data is, its first examples, and of images a contact sheet. */
export async function dataInfoCommand(data: string, flags: DataInfoFlags): Promise<number> {
  const { out, force = false, json = false, ...options } = flags;
  if (out !== undefined && existsSync(out) && !force) {
    throw new UsageError(
      `--out ${out}: must be a new file; it is there. Choose another, or overwrite it with --force.`,
    );
  }
  const { sheet, ...description } = await describeData(data, options);
  if (out !== undefined) {
    if (sheet === undefined) {
      throw new UsageError(
        `--out ${out}: only images can be drawn; got a ${description.kind}. Leave --out away.`,
      );
    }
    writeFileSync(out, sheet);
  }
  if (json) console.log(JSON.stringify(description, null, 2));
  else for (const line of infoLines(description)) console.log(line);
  if (out !== undefined && !json) console.log(`\n${shownPath(out)}`);
  return 0;
}

function infoLines({ kind, path, facts, samples }: DataDescription): string[] {
  const width = Math.max(...facts.map(([name]) => name.length));
  return [
    `${kind}: ${shownPath(path)}`,
    ...facts.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
    "",
    ...samples.map((sample, i) => `  ${i}  ${sample}`),
  ];
}
