import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "@muir/random";
import { describe, expect, test } from "vitest";
import { loadText } from "../../src/cross-modal/data/load-text.js";
import { dataSchema, type TextConfig } from "../../src/cross-modal/data-config.js";
import { temporaryFolder } from "../muir.js";

/** Three files of which every line is five words and the end of it. */
function corpus(lines: Readonly<Record<"train" | "valid" | "test", number>>): string {
  const folder = join(temporaryFolder(), "corpus");
  mkdirSync(folder);
  for (const [part, count] of Object.entries(lines)) {
    writeFileSync(join(folder, `${part}.txt`), "the one word or another\n".repeat(count));
  }
  return folder;
}

const load = (given: object) =>
  loadText(dataSchema.parse({ kind: "text", time: 5, ...given }) as TextConfig, {
    batchSize: 2,
    random: createRandom(1),
  });

describe("a text", () => {
  const path = corpus({ train: 100, valid: 20, test: 30 });

  test("is read whole unless told otherwise", async () => {
    const { about } = await load({ path });
    expect(about).toContain("600 words train, 120 validate, 180 test; 7 different");
  });

  test("is cut to as many words of a part as asked for; its vocabulary stays that of all", async () => {
    const { about, splits } = await load({ path, train: 60, validation: 24, test: 180 });
    expect(about).toContain("60 words train, 24 validate, 180 test; 7 different");
    expect(splits.train.size).toBe(Math.floor((60 / 2 - 1) / 5));
  });

  test("is refused where a part has fewer words than asked for", () =>
    expect(load({ path, validation: 121 })).rejects.toThrow(
      "corpus/validation: must hold the 121 words asked for; got 120. Ask for fewer, or null for all.",
    ));
});
