import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "@muir/random";
import { describe, expect, test } from "vitest";
import { loadText } from "../../src/cross-modal/data/load-text.js";
import { dataSchema, type TextConfig } from "../../src/cross-modal/data-config.js";
import { temporaryFolder } from "../muir.js";

/** Three files of 600, 120 and 180 words: every line is five and the end of it. */
function corpus(): string {
  const folder = join(temporaryFolder(), "corpus");
  mkdirSync(folder);
  for (const [part, count] of Object.entries({ train: 100, valid: 20, test: 30 })) {
    writeFileSync(join(folder, `${part}.txt`), "the one word or another\n".repeat(count));
  }
  return folder;
}

const load = (limits: object = {}) =>
  loadText(dataSchema.parse({ kind: "text", path: corpus(), time: 5, ...limits }) as TextConfig, {
    batchSize: 2,
    random: createRandom(1),
  });

describe("a text", () => {
  test("is read whole unless told otherwise", async () => {
    const { about } = await load();
    expect(about).toContain("600 words train, 120 validate, 180 test; 7 different");
  });

  test("is cut to as many words of a part as asked for; its vocabulary stays that of all", async () => {
    const { about, splits } = await load({ train: 60, validation: 24, test: 180 });
    expect(about).toContain("60 words train, 24 validate, 180 test; 7 different");
    expect(splits.train.size).toBe(2 * Math.floor((60 / 2 - 1) / 5)); // windows of two streams
  });

  test("is refused where a part has fewer words than asked for", () =>
    expect(load({ validation: 121 })).rejects.toThrow(
      "corpus/validation: must hold the 121 words asked for; got 120. Ask for fewer, or null for all.",
    ));
});
