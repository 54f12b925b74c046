import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, onTestFinished, test } from "vitest";

const program = `
  import "@tensorflow/tfjs";
  import { useBackend } from "@muir/backend";
  useBackend().then(({ name, device }) => console.log(name + ": " + device));
`;

test("bundled for Node, with its files beside, it computes on wasm, though on one thread", async () => {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: fileURLToPath(new URL(".", import.meta.url)) },
    ...{ bundle: true, platform: "node", format: "cjs", conditions: ["@muir/source"] },
    ...{ write: false, logLevel: "silent" },
  });
  const folder = mkdtempSync(join(tmpdir(), "muir-bundled-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "program.cjs"), outputFiles![0]!.contents);
  const entry = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm");
  for (const build of ["", "-simd", "-threaded-simd"]) {
    const file = `tfjs-backend-wasm${build}.wasm`;
    copyFileSync(join(dirname(entry), file), join(folder, file));
  }
  const said = execFileSync(process.execPath, [join(folder, "program.cjs")], { encoding: "utf8" });
  expect(said).toMatch(
    /^wasm: CPU through WebAssembly with SIMD, one thread \(its memory is not shared: .+\)$/m,
  );
});
