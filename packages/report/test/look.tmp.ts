import { writeFileSync } from "node:fs";
import { createRandom } from "@muir/random";
import { pairedDifference, taskComparisonPage } from "@muir/report";
import { chromium } from "playwright-core";
const random = createRandom(3);
const rows = [["lenet", "error %", 38], ["lstm", "perplexity", 212], ["deepbind", "mse", 0.82]].flatMap(([task, metric, base]) => {
  const draw = (f: number) => [1, 2, 3].map(() => (base as number) * f * (1 + 0.02 * (random() - 0.5)));
  const alone = draw(1);
  return [["alone", 1], ["classical sharing", 1.12], ["parallel adapters", 1.06], ["muir, hierarchical start", 1.01], ["muir, with lstm, deepbind", 0.97]].map(([trained, f]) => {
    const values = trained === "alone" ? alone : draw(f as number);
    if (trained === "parallel adapters") values[1] = NaN;
    return { task, trained, metric, better: "lower", best: (f as number) < 1, values,
      difference: trained === "alone" ? null : pairedDifference(values, alone, { random: createRandom(1) }),
      trainedParameters: 1234567, parameters: 912345, wallSeconds: 1234 };
  });
});
writeFileSync("/tmp/look/c.html", taskComparisonPage(rows as never, { experiment: "cross-modal", backend: "wasm", generations: 24, command: "muir compare table6 --preset small --seeds 1..3" }));
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
for (const [name, colorScheme, width] of [["light", "light", 1100], ["dark", "dark", 1100], ["phone", "light", 360]] as const) {
  const p = await b.newPage({ colorScheme, viewport: { width, height: 900 } });
  p.on("console", (m) => console.log(name, m.text()));
  await p.goto("file:///tmp/look/c.html");
  console.log(name, await p.evaluate(() => document.documentElement.scrollWidth));
  await p.screenshot({ path: `/tmp/look/${name}.png`, fullPage: true });
}
await b.close();
