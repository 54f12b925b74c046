import { builtinModules } from "node:module";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";

const names = ["data", "decompose", "ea", "hypermodule", "models", "ops", "random", "trainer"];

test.each(names)("@muir/%s, bundled for a browser, reaches nothing of Node", async (name) => {
  const { metafile } = await build({
    entryPoints: [fileURLToPath(new URL(`../../${name}/src/index.ts`, import.meta.url))],
    ...{ bundle: true, format: "esm", platform: "browser", conditions: ["@muir/source"] },
    ...{ metafile: true, logLevel: "silent", write: false },
  });
  const own = Object.keys(metafile!.inputs).filter((path) => !path.includes("node_modules"));
  expect(own).toContainEqual(expect.stringContaining(`${name}/src/index.ts`));
  const reached = Object.values(metafile!.inputs).flatMap(({ imports }) => imports);
  const ofNode = reached.filter(({ path, external }) => {
    return external || path.startsWith("node:") || builtinModules.includes(path);
  });
  expect(ofNode).toEqual([]);
});
