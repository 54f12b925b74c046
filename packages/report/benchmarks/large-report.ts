/**
 * How long the page of a large run takes to write and to open, and how large it is: 1,000 generations
 * of 10,857 locations, with its checkpoint, in headless Chromium. Leaves screenshots beside it.
 *
 * npx tsx --conditions @muir/source packages/report/benchmarks/large-report.ts [generations] [folder]
 */
import { mkdir, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type RunRecord, readRun, writeReport } from "@muir/report";
import { bankFile } from "../test/bank-tensors.js";
import { findChromium, startChromium } from "../test/browser.js";
import { madeUpAlone, madeUpBank, madeUpRun } from "../test/made-up-run.js";
import { runFiles } from "../test/run-folder.js";

const generations = Number(process.argv[2] ?? 1000);
const folder = resolve(process.argv[3] ?? join(tmpdir(), "muir-large-report"));

async function writeRun(path: string, record: RunRecord): Promise<string> {
  await mkdir(join(path, "checkpoints"), { recursive: true });
  for (const [name, content] of Object.entries(runFiles(record))) {
    await writeFile(join(path, name), content);
  }
  return path;
}

async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const before = performance.now();
  const result = await work();
  console.log(`${name}: ${((performance.now() - before) / 1000).toFixed(2)} s`);
  return result;
}

const run = madeUpRun({ size: "paper", generations });
await writeRun(folder, run);
await writeFile(join(folder, "checkpoints", "best.safetensors"), bankFile(madeUpBank(run)));
const alone = await Promise.all(
  madeUpAlone(run).map((single, i) => writeRun(join(folder, `alone-${i}`), single)),
);
console.log(`${run.config.locations} locations, ${generations} generations`);
await timed("reading the run", () => readRun(folder));
const { page, figures } = await timed("writing its page and figures", () =>
  writeReport(folder, { alone }),
);
const megabytes = async (path: string) => ((await stat(path)).size / 1e6).toFixed(2);
console.log(`${page}: ${await megabytes(page)} MB`);
for (const path of figures) console.log(`  ${path}: ${await megabytes(path)} MB`);

const executable = findChromium();
if (executable === undefined) {
  console.log("no Chromium on the path: not opened");
} else {
  const browser = await startChromium(executable);
  try {
    const views = {
      light: { colorScheme: "light", viewport: { width: 1200, height: 900 } },
      dark: { colorScheme: "dark", viewport: { width: 1200, height: 900 } },
      phone: { colorScheme: "light", viewport: { width: 390, height: 844 } },
    } as const;
    for (const [name, view] of Object.entries(views)) {
      const tab = await browser.newPage(view);
      // loaded, laid out and painted: the second frame after loading has begun
      await timed(`opening it, ${name}`, async () => {
        await tab.goto(pathToFileURL(page).href, { waitUntil: "load" });
        await tab.evaluate(
          () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
        );
      });
      await tab.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
      await tab.close();
    }
  } finally {
    await browser.close();
  }
}
