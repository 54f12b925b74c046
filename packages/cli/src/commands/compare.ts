import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative } from "node:path";
import { comparisonChart, comparisonPage } from "@muir/report";
import { type Compared, compared, comparisonTable, meanAndError } from "../compare/comparison.js";
import { finishedSummary, type Job } from "../compare/job.js";
import { runJobs } from "../compare/run-jobs.js";
import { type ConfigFlags, configFrom } from "../config/draft-config.js";
import { didYouMean } from "../config/nearest.js";
import { seedRange } from "../config/seed-range.js";
import { METHODS, VARIANTS } from "../config/synthetic-config.js";
import { UsageError } from "../usage-error.js";

export interface CompareFlags extends ConfigFlags {
  readonly variants: string;
  readonly methods: string;
  readonly seeds: string;
  readonly jobs?: number;
  readonly out: string;
  readonly json?: boolean;
  readonly force?: boolean;
}

/** `muir compare`: every method on every variant over several seeds; finished runs are kept. */
export async function compareCommand(flags: CompareFlags, signal: AbortSignal): Promise<number> {
  const plan = planOf(flags);
  const jobs = plan.flatMap(({ jobs: own }) => own);
  const atOnce = flags.jobs ?? availableParallelism();
  if (atOnce < 1) throw new UsageError(`--jobs: must be at least 1; got ${atOnce}.`);
  const failures: string[] = [];
  await runJobs(jobs, {
    jobs: atOnce,
    signal,
    onDone({ config, out }, done, error) {
      if (error) failures.push(`${out}: ${error}`);
      const { variant, method, seed } = config;
      const end = error ? `failed: ${error.split("\n")[0]}` : "done";
      process.stderr.write(`[${done}/${jobs.length}] ${variant} ${method} seed ${seed} ${end}\n`);
    },
  });
  const rows = plan.map(({ method, variant, jobs: own }) =>
    compared(method, variant, own.map(finishedSummary)),
  );
  const written = writeComparison(rows, flags);
  console.log(flags.json ? JSON.stringify(withStatistics(rows), null, 2) : comparisonTable(rows));
  if (!flags.json) for (const path of written) console.log(relative(process.cwd(), path));
  if (signal.aborted) return 130;
  return failures.length === 0 ? 0 : 3;
}

function planOf(flags: CompareFlags) {
  const variants = words(flags.variants, VARIANTS, "--variants");
  const methods = words(flags.methods, METHODS, "--methods");
  const seeds = seedRange(flags.seeds);
  return variants.flatMap((variant) =>
    methods.map((method) => ({
      variant,
      method,
      jobs: seeds.map((seed): Job => {
        const config = configFrom(flags, { variant, method, seed });
        return { config, out: join(flags.out, `${variant}-${method}`, `seed${seed}`) };
      }),
    })),
  );
}

function words<T extends string>(text: string, known: readonly T[], flag: string): T[] {
  return text.split(",").map((word) => {
    const found = known.find((name) => name === word.trim());
    if (found !== undefined) return found;
    throw new UsageError(
      `${flag}: must be among ${known.join(", ")}; got "${word}"${didYouMean(word, known)}.`,
    );
  });
}

function writeComparison(rows: readonly Compared[], flags: CompareFlags): string[] {
  mkdirSync(flags.out, { recursive: true });
  const [first] = rows.flatMap(({ summaries }) => summaries);
  const meta = {
    experiment: "synthetic",
    backend: first?.backend ?? "none",
    generations: first?.generations ?? 0,
    command: `muir compare --seeds ${flags.seeds}`,
  };
  const files = {
    "comparison.json": `${JSON.stringify(withStatistics(rows), null, 2)}\n`,
    "comparison.txt": `${comparisonTable(rows)}\n`,
    "comparison.html": comparisonPage(rows, meta),
    "comparison.svg": comparisonChart(rows),
  };
  return Object.entries(files).map(([name, content]) => {
    const path = join(flags.out, name);
    writeFileSync(path, content);
    return path;
  });
}

function withStatistics(rows: readonly Compared[]) {
  return rows.map(({ summaries, ...row }) => {
    const { mean, error } = meanAndError(row.seeds);
    return { ...row, mean, standardError: error, runs: summaries };
  });
}
