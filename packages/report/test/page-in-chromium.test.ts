import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createRandom } from "@muir/random";
import {
  meanAndError,
  pairedDifference,
  serveReport,
  taskComparisonPage,
  writeReport,
} from "@muir/report";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium, startChromium } from "./browser.js";
import { madeUpAlone, madeUpRun } from "./made-up-run.js";
import { runFiles, withFolder } from "./run-folder.js";

const executable = findChromium();
if (executable === undefined) {
  console.log("No Chromium on the path (set CHROMIUM to one): the page is not tried in a browser.");
}

const run = madeUpRun({ size: "small", generations: 12 });

describe.skipIf(executable === undefined)("the page in Chromium", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium(executable!);
  });
  afterAll(() => browser.close());

  /** A tab, with all that goes wrong in it. */
  async function tab(options: Parameters<Browser["newPage"]>[0] = {}) {
    const page = await browser.newPage(options);
    const wrong: string[] = [];
    page.on("console", (message) => wrong.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => wrong.push(error.message));
    page.on("requestfailed", (request) => wrong.push(`failed: ${request.url()}`));
    return { page, wrong };
  }

  const opened = <T>(use: (url: string) => Promise<T>) =>
    withFolder(runFiles(run), (folder) =>
      withFolder(runFiles(madeUpAlone(run)[0]!), async (alone) => {
        const { page } = await writeReport(folder, { alone: [alone] });
        return use(pathToFileURL(page).href);
      }),
    );

  test("shows the numbers of summary.json and no error, light, dark and on a phone", () =>
    opened(async (url) => {
      const desk = { width: 1200, height: 900 };
      const views = [
        { colorScheme: "light", viewport: desk, ground: "rgb(244, 245, 247)" },
        { colorScheme: "dark", viewport: desk, ground: "rgb(14, 17, 21)" },
        {
          colorScheme: "light",
          viewport: { width: 360, height: 740 },
          ground: "rgb(244, 245, 247)",
        },
      ] as const;
      for (const { ground, ...view } of views) {
        const { page, wrong } = await tab(view);
        await page.goto(url);
        const summary = run.summary!;
        expect(await tileValues(page)).toMatchObject({
          "lenet: test accuracy": summary.tasks["lenet"]!.test,
          "lstm: test perplexity": summary.tasks["lstm"]!.test,
          "deepbind: test accuracy": summary.tasks["deepbind"]!.test,
          "Hypermodules in use": summary.activeModules,
          Parameters: summary.parameters,
          Generations: summary.generations,
          "Wall time": summary.wallSeconds,
          "A step": summary.stepMilliseconds,
        });
        const shown = await page.evaluate(() => ({
          ground: getComputedStyle(document.body).backgroundColor,
          wide: document.documentElement.scrollWidth,
          images: Array.from(document.querySelectorAll("image"), (one) => one.getBBox().height > 0),
        }));
        expect(shown.ground).toBe(ground);
        expect(shown.wide).toBe(view.viewport.width); // nothing sticks out
        expect(shown.images).not.toEqual([]);
        expect(wrong).toEqual([]);
        await page.close();
      }
    }));

  test("of a comparison shows every mean and no error, light, dark and on a phone", async () => {
    const values = [
      [40, 41, 42],
      [38, 38.5, 40.5],
    ] as const;
    const random = createRandom(1);
    const rows = values.map((own, i) => ({
      ...{ task: "lenet", metric: "error %", better: "lower" as const, best: i === 1 },
      trained: ["alone", "muir, with lstm, deepbind"][i]!,
      values: own,
      difference: i === 0 ? null : pairedDifference(own, values[0], { random }),
      ...{ trainedParameters: 291_374, parameters: 94_210, wallSeconds: 1234 },
    }));
    const meta = { experiment: "cross-modal", backend: "wasm", generations: 24 };
    for (const [colorScheme, width] of [
      ["light", 1200],
      ["dark", 360],
    ] as const) {
      const { page, wrong } = await tab({ colorScheme, viewport: { width, height: 900 } });
      await page.setContent(taskComparisonPage(rows, meta));
      const shown = await page.evaluate(() => ({
        means: Array.from(document.querySelectorAll("data"), (data) => Number(data.value)),
        wide: document.documentElement.scrollWidth,
        dots: Array.from(document.querySelectorAll("circle")).filter(
          (dot) => dot.getBoundingClientRect().width > 0,
        ).length,
      }));
      const means = values.map((own) => meanAndError(own).mean);
      expect(shown).toEqual({ means, wide: width, dots: 6 }); // one of two drawings is shown
      expect(wrong).toEqual([]);
      await page.close();
    }
  });

  test("shows the address of the location pointed at", () =>
    opened(async (url) => {
      const { page, wrong } = await tab({ viewport: { width: 1200, height: 900 } });
      await page.goto(url);
      const zone = page.locator(".wide .muir-zones > g").nth(5);
      const label = zone.locator("text");
      expect(await label.evaluate((text) => getComputedStyle(text).visibility)).toBe("hidden");
      await zone.locator("rect").hover({ force: true });
      expect(await label.evaluate((text) => getComputedStyle(text).visibility)).toBe("visible");
      expect(await label.textContent()).toContain(run.config.locationNames![5]);
      expect(wrong).toEqual([]);
      await page.close();
    }));

  test("comes up to date while the run goes on, and stays where the reader is", () =>
    withFolder(
      runFiles(madeUpRun({ size: "small", generations: 5, ended: false })),
      async (folder) => {
        const { url, close } = await serveReport(folder, { secondsBetween: 0.05 });
        const { page, wrong } = await tab({ viewport: { width: 1200, height: 700 } });
        try {
          await page.goto(url);
          expect(await tileValues(page)).toMatchObject({ "Generations so far": 5 });
          await page.locator("summary").click();
          const scrolled = await page.evaluate(() => scrollY);
          for (const [name, content] of Object.entries(runFiles(run))) {
            await writeFile(join(folder, name), content);
          }
          await page.waitForFunction(() => document.body.textContent?.includes("complete"));
          expect(await tileValues(page)).toMatchObject({ Generations: run.summary!.generations });
          expect(await page.locator("details").getAttribute("open")).toBe("");
          expect(Math.abs((await page.evaluate(() => scrollY)) - scrolled)).toBeLessThan(700);
          expect(wrong).toEqual([]);
        } finally {
          await page.close();
          await close();
        }
      },
    ));
});

/** What each tile says, as a number. */
function tileValues(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() =>
    Object.fromEntries(
      Array.from(document.querySelectorAll(".tile"), (tile) => [
        tile.querySelector("dt")!.textContent,
        Number(tile.querySelector("data")?.value),
      ]),
    ),
  );
}
