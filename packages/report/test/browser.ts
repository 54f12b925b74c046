import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

/** Where Chromium is: what CHROMIUM says, else the first of its names on the path. */
export function findChromium(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [process.env["CHROMIUM"] ?? "", ...found].find((path) => path !== "" && existsSync(path));
}

/** Starts Chromium without a window. */
export function startChromium(executablePath: string): Promise<Browser> {
  // without its own sandbox, which containers often lack: it only opens pages made here
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
}
