import { readFileSync } from "node:fs";
import { builtinModules, createRequire } from "node:module";
import { useBackend } from "@muir/backend";
import * as tf from "@tensorflow/tfjs-core";
import type { Plugin } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { leaveAsFound } from "../backends.js";
import { pooled } from "../training-cases/convolutions.js";
import { bundle } from "./bundle.js";
import { chromium, visit } from "./chromium.js";
import type { PageReport, Trained } from "./page.js";
import { serve } from "./serve.js";
import { train } from "./train.js";

const webGpu = "@tensorflow/tfjs-backend-webgpu";

describe.each([{ minify: false }, { minify: true }])("bundled for a browser, %o", (options) => {
  test("reaches nothing of Node", async () => {
    const { parts } = await bundle("page.ts", options);
    const imports = Object.values(parts.inputs).flatMap((input) => input.imports);
    const reached = [...imports, ...Object.values(parts.outputs).flatMap((file) => file.imports)];
    expect(reached.length).toBeGreaterThan(100);
    const ofNode = reached.filter(({ path, external }) => {
      return external || path.startsWith("node:") || builtinModules.includes(path);
    });
    expect(ofNode).toEqual([]);
  });

  test("does without backends that are not installed", async () => {
    const alias = { "@tensorflow/tfjs-backend-wasm": "not-installed" };
    const { parts } = await bundle("../../src/index.ts", { ...options, alias });
    const own = Object.keys(parts.inputs).filter((path) => !path.includes("node_modules"));
    expect(own).toContainEqual(expect.stringMatching(/backend\/src\/use-backend\.ts$/));
  });
});

interface Visit {
  readonly backend: "wasm" | "webgpu";
  readonly isolated?: boolean;
  /** Where the page looks for the files of the wasm backend. */
  readonly files?: string;
  /** Whether the page says so to that backend itself, instead of to useBackend. */
  readonly bySetWasmPaths?: boolean;
  readonly plugins?: Plugin[];
}

const scripts = new Map<string, ReturnType<typeof bundle>>();

/** The page's script, bundled once for all visits to it. */
function pageScript(also: readonly string[], plugins: Plugin[]) {
  const key = [...also, ...plugins.map(({ name }) => name)].join();
  const script = scripts.get(key) ?? bundle("page.ts", { minify: true, also, plugins });
  scripts.set(key, script);
  return script;
}

/** What a page tells that trains on a backend. */
async function told({ backend, isolated = false, files, ...visited }: Visit): Promise<PageReport> {
  const { bySetWasmPaths = false, plugins = [] } = visited;
  const gpu = backend === "webgpu";
  const { script } = await pageScript(gpu ? [webGpu] : [], plugins);
  const { address, report, close } = await serve(script, { isolated });
  const query = new URLSearchParams({ backend, ...(files && { files }) });
  if (bySetWasmPaths) query.set("bySetWasmPaths", "yes");
  try {
    return (await visit(`${address}?${query}`, report, { gpu })) as PageReport;
  } finally {
    close();
  }
}

const missing = chromium ? "" : ": no Chromium is found; CHROMIUM may name one";
describe.skipIf(missing)(`in a page${missing}`, () => {
  let expected: number[];
  beforeAll(async () => {
    await useBackend("wasm");
    tf.env().set("IS_TEST", false); // see generate-blocks.test.ts
    expected = await train(pooled, 5);
    tf.env().set("IS_TEST", true);
  });
  afterAll(leaveAsFound);

  function expectTrained(report: PageReport, rest: Partial<PageReport & Trained>): void {
    const { losses, ...others } = report as PageReport & Trained;
    expect(others).toEqual({ isolated: false, sharesMemory: false, ...rest });
    expect(losses).toHaveLength(expected.length);
    expect(expected.at(-1)).toBeLessThan(expected[0]!);
    losses.forEach((loss, step) => {
      expect(loss).toBeCloseTo(expected[step]!, 4);
    });
  }

  const onWasm = "CPU through WebAssembly with SIMD, ";
  test("trains on wasm as Node does, on one thread", async () => {
    const why = "(its memory is not shared: the page is not cross-origin isolated)";
    expectTrained(await told({ backend: "wasm" }), { device: `${onWasm}one thread ${why}` });
  });

  test("trains on wasm as Node does, on several threads where the page is isolated", async () => {
    const device = expect.stringMatching(/, ([2-9]|\d\d+) threads$/);
    const report = await told({ backend: "wasm", isolated: true });
    expectTrained(report, { device, isolated: true, sharesMemory: true });
  });

  test("trains on what setWasmPaths was told, too", async () => {
    const device = expect.stringMatching(/, ([2-9]|\d\d+) threads$/);
    const report = await told({ backend: "wasm", isolated: true, bySetWasmPaths: true });
    expectTrained(report, { device, isolated: true, sharesMemory: true });
  });

  test("says what to do where a minifier broke the backend's own threads", async () => {
    const plugins = [keepsNoTypeof];
    expect(
      await told({ backend: "wasm", isolated: true, bySetWasmPaths: true, plugins }),
    ).toMatchObject({
      problem: expect.stringMatching(/^a thread of its own did not start: .*is not defined\.$/),
      remedy: expect.stringContaining("{ wasmPaths }"),
    });
    const report = await told({ backend: "wasm", isolated: true, plugins });
    expect(report).toMatchObject({ sharesMemory: true });
  });

  test.each([
    { bySetWasmPaths: true, problem: "it did not start in this page." },
    {
      bySetWasmPaths: false,
      problem: "/elsewhere/tfjs-backend-wasm-simd.wasm must be served; got status 404.",
    },
  ])("says what to do where the files are not served, %o", async ({ bySetWasmPaths, problem }) => {
    expect(await told({ backend: "wasm", files: "/elsewhere/", bySetWasmPaths })).toEqual({
      isolated: false,
      problem,
      remedy: expect.stringContaining("{ wasmPaths }"),
    });
  });

  const noWebGpu = isInstalled(webGpu) ? "" : `: ${webGpu} is not installed`;
  test.skipIf(noWebGpu)(`trains on webgpu, emulated${noWebGpu}`, async () => {
    const device = expect.stringMatching(/^CPU through WebGPU, emulating a GPU: .*swiftshader/);
    expectTrained(await told({ backend: "webgpu" }), { device });
  });
});

function isInstalled(name: string): boolean {
  try {
    return createRequire(import.meta.url).resolve(name) !== "";
  } catch {
    return false;
  }
}

/** Does what some minifiers do: they see the variable declared and drop the question whether it is. */
const keepsNoTypeof: Plugin = {
  name: "keeps no typeof",
  setup(build) {
    build.onLoad({ filter: /wasm-out.tfjs-backend-wasm-threaded-simd\.js$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      const contents = text.replace(
        'typeof _scriptDir !== "undefined" && _scriptDir',
        "_scriptDir",
      );
      expect(contents).not.toBe(text);
      return { contents };
    });
  },
};
