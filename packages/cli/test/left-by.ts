import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** All that a run left, but for how long it took. */
export function leftBy(out: string) {
  const newest = readdirSync(join(out, "checkpoints"))
    .filter((name) => /^\d/.test(name))
    .sort()
    .at(-1)!;
  const files = readdirSync(out, { recursive: true, encoding: "utf8" }).sort();
  const manifest = join(out, "checkpoints", newest, "manifest.json");
  const binary = [
    "alignment.bin",
    ...files.filter((name) => name.startsWith("networks/")),
    ...["latest", "best"].map((name) => `checkpoints/${newest}/${name}.safetensors`),
  ].filter((name) => files.includes(name));
  return {
    events: untimed(readFileSync(join(out, "events.jsonl"), "utf8")),
    summary: untimed(readFileSync(join(out, "summary.json"), "utf8")),
    training: JSON.stringify(JSON.parse(readFileSync(manifest, "utf8")).training),
    numbers: binary.map((name) => [
      name.replace(newest, "newest"),
      readFileSync(join(out, name)).toString("base64"),
    ]),
  };
}

const untimed = (text: string) =>
  text.replaceAll(/"(stepMilliseconds|wallSeconds)": ?[^,}\n]+/g, "");
