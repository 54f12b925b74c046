import { writeFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { reportPage, type ServedReport, serveReport } from "@muir/report";
import { describe, expect, test } from "vitest";
import { madeUpRun } from "./made-up-run.js";
import { runFiles, withFolder } from "./run-folder.js";

const run = madeUpRun({ size: "small", generations: 3, ended: false });
const oneMore = madeUpRun({ size: "small", generations: 4 });

async function served<T>(use: (report: ServedReport, folder: string) => Promise<T>): Promise<T> {
  return withFolder(runFiles(run), async (folder) => {
    const report = await serveReport(folder, { secondsBetween: 0.02 });
    try {
      return await use(report, folder);
    } finally {
      await report.close();
    }
  });
}

/** The status that a request with that host and method gets. */
function statusOf(url: string, { host, method = "GET" }: { host?: string; method?: string }) {
  return new Promise<number>((done, failed) => {
    const asked = request(url, { method, ...(host && { headers: { host } }) }, (response) => {
      response.resume();
      done(response.statusCode!);
    });
    asked.on("error", failed);
    asked.end();
  });
}

describe("serveReport", () => {
  test("serves the page with the one script that its policy allows", () =>
    served(async ({ url }) => {
      const html = await (await fetch(url)).text();
      expect(html).toBe(reportPage(run, { live: true }));
      expect(html.match(/<script>/g)).toHaveLength(1);
      expect(html).toMatch(/script-src 'sha256-[^']{44}';connect-src 'self'"/);
    }));

  test("tells of a change, and serves the new page", () =>
    served(async ({ url }, folder) => {
      const changes = (await fetch(`${url}changes`)).body!.getReader();
      expect(Buffer.from((await changes.read()).value!).toString()).toBe("retry: 2000\n\n");
      for (const [name, content] of Object.entries(runFiles(oneMore))) {
        await writeFile(join(folder, name), content);
      }
      expect(Buffer.from((await changes.read()).value!).toString()).toContain("data: changed");
      // files are written one by one: the last look sees them all
      await expect
        .poll(async () => (await fetch(url)).text(), { timeout: 20_000 })
        .toBe(reportPage(oneMore, { live: true }));
      await changes.cancel();
    }));

  test("answers nobody but this machine, and only what it has", () =>
    served(async ({ url }) => {
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
      expect(await statusOf(url, { host: "evil.example" })).toBe(403);
      expect(await statusOf(url, { host: "127.0.0.1.evil.example" })).toBe(403);
      expect(await statusOf(url, { host: "localhost:1234" })).toBe(200);
      expect(await statusOf(`${url}config.json`, {})).toBe(404);
      expect(await statusOf(url, { method: "POST" })).toBe(405);
    }));

  test("keeps the page where a later look goes wrong, and says so", () =>
    withFolder(runFiles(run), async (folder) => {
      const errors: string[] = [];
      const onError = ({ message }: Error) => errors.push(message);
      const { url, close } = await serveReport(folder, { secondsBetween: 0.02, onError });
      try {
        await writeFile(join(folder, "config.json"), "{");
        await expect.poll(() => errors.length, { timeout: 20_000 }).toBeGreaterThan(0);
        expect(errors[0]).toContain("config.json must be a JSON object");
        expect(await (await fetch(url)).text()).toBe(reportPage(run, { live: true }));
      } finally {
        await close();
      }
    }));

  test("refuses a folder that is no run", async () => {
    await withFolder({}, async (folder) => {
      await expect(serveReport(folder)).rejects.toThrow("a run's folder must hold a config.json");
    });
  });
});
