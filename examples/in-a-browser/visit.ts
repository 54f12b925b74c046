// Opens the built page in a Chromium without a window, presses the button and waits for what comes of it.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";
import { preview } from "vite";

const executablePath = findChromium();
if (executablePath === undefined) {
  console.log("built, and not opened: no Chromium is on the path; CHROMIUM may name one");
  process.exit(0);
}

const server = await preview({ preview: { port: 0, host: "127.0.0.1" } });
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
try {
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.goto(server.resolvedUrls!.local[0]!);
  await page.click("#button:enabled");
  await page.waitForFunction(
    () => /RMSE|Error/.test(document.querySelector("#said")!.textContent!),
    undefined,
    { timeout: 120_000 }, // thirty thousand steps, on a machine that may be busy
  );
  const said = await page.textContent("#said");
  console.log(await page.textContent("#device"));
  console.log(said);
  const picture = process.argv[2];
  if (picture !== undefined) await page.screenshot({ path: picture, fullPage: true });
  const rmse = Number(/RMSE (.*)\.$/.exec(said!)?.[1]);
  if (!(rmse < 0.1)) throw new Error(`the test RMSE must be below 0.1; got ${said}`);
  if (problems.length > 0) throw new Error(`the page must log no error; got ${problems}`);
} finally {
  await browser.close();
  await server.close();
}

function findChromium(): string | undefined {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [process.env["CHROMIUM"] ?? "", ...found].find((path) => path !== "" && existsSync(path));
}
