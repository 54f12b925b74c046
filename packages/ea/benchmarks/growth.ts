/**
 * Measured against predicted growth of the runtime, for every setting of the theory.
 *
 * npx tsx --conditions @muir/source benchmarks/growth.ts [budget of random draws per row]
 */
import { growthSettings, growthTable, tightRuntime } from "@muir/ea";
import { createRandom } from "@muir/random";

const budget = Number(process.argv[2] ?? 1.2e8);
const locations = [8, 12, 16, 20].map((exponent) => 2 ** exponent);
console.log("setting                    L        D  mean iterations   mean/predicted  mean/tight");
for (const setting of growthSettings) {
  for (const row of growthTable({ settings: [setting], locations, budget }, createRandom(1))) {
    const { name, sampling, initial } = setting;
    const tight = tightRuntime({ ...row, sampling, initial });
    console.log(
      name.padEnd(22),
      String(row.locations).padStart(7),
      String(row.parts).padStart(8),
      `${row.mean.toPrecision(4)} ± ${row.standardError.toPrecision(2)}`.padStart(22),
      (row.mean / row.predicted).toFixed(2).padStart(9),
      (row.mean / tight).toFixed(2).padStart(11),
    );
  }
}
