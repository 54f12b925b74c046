import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { loadLayersModel } from "../../src/cross-modal/load-layers-model.js";

const folder = mkdtempSync(join(tmpdir(), "muir-layers-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const refusalOf = async (text: string) => {
  const path = join(folder, "model", "model.json");
  mkdirSync(join(folder, "model"), { recursive: true });
  writeFileSync(path, text);
  const saved = { kind: "layers-model", path, pretrained: true } as Parameters<
    typeof loadLayersModel
  >[0];
  return loadLayersModel(saved, { task: "mine" }).then(
    () => "it was read",
    (error: Error) => `${error.name}: ${error.message}`,
  );
};

test.each(["../secret.bin", "/etc/hostname", "sub/../../secret.bin"])(
  "a model whose weights are said to be in %s is refused, and that file not read",
  async (file) => {
    writeFileSync(join(folder, "secret.bin"), new Uint8Array(8));
    const weightsManifest = [{ paths: [file], weights: [] }];
    expect(await refusalOf(JSON.stringify({ modelTopology: {}, weightsManifest }))).toContain(
      `UsageError: tasks.mine.architecture.path: ${join(folder, "model", "model.json")} must be a model.json of a layers model, with its weights beside it; its weights must be files beside it, got ${JSON.stringify(file)}`,
    );
  },
);

test.each(["", "null", "{}", '{"weightsManifest": 1}', '{"weightsManifest": [{"paths": [7]}]}'])(
  "a model.json that holds %j is refused in one line",
  async (text) => {
    expect(await refusalOf(text)).toMatch(/^UsageError: tasks\.mine\.architecture\.path: [^\n]+$/);
  },
);
