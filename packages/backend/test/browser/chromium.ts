import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** A Chromium of this machine, or the one that CHROMIUM names; undefined if there is none. */
export const chromium =
  process.env["CHROMIUM"] ?? names.map((name) => `/usr/bin/${name}`).find(existsSync);

const quietly = [
  ...["--headless", "--no-sandbox", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];

/** Keeps a page open until `done` settles, in a browser that knows nothing of before. */
export async function visit<T>(
  address: string,
  done: Promise<T>,
  { gpu = false }: { gpu?: boolean } = {},
): Promise<T> {
  const profile = mkdtempSync(join(tmpdir(), "muir-browser-"));
  const graphics = gpu
    ? ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader", "--enable-features=Vulkan"]
    : ["--disable-gpu"];
  const words = [...quietly, ...graphics, `--user-data-dir=${profile}`, address];
  const browser = spawn(chromium!, words, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  browser.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const ended = new Promise<void>((resolve) => browser.on("close", () => resolve()));
  try {
    const nothing = Promise.race([ended, setTimeout(20_000, undefined, { ref: false })]);
    return await Promise.race([
      done,
      nothing.then(() => {
        throw new Error(`the page must tell something within 20 s; got nothing. ${said}`);
      }),
    ]);
  } finally {
    browser.kill();
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
