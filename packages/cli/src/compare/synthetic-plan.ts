import { join } from "node:path";
import { type ConfigFlags, configFrom } from "../config/draft-config.js";
import { listOf } from "../config/list-of.js";
import { refuseDecided } from "../config/refuse-decided.js";
import { seedList } from "../config/seed-list.js";
import {
  METHODS,
  type SyntheticConfig,
  syntheticSchema,
  VARIANTS,
} from "../config/synthetic-config.js";
import type { Job } from "./job.js";
import { parseVariations } from "./variation.js";

/** The runs of one row of a comparison. */
export interface SyntheticRow {
  /** A method, or muir with a setting's value. */
  readonly method: string;
  readonly jobs: readonly Job<SyntheticConfig>[];
}

/** What a plan is made from: the flags of `muir compare`. */
export interface SyntheticPlanFlags extends ConfigFlags {
  readonly variants: string;
  readonly methods: string;
  readonly vary?: readonly string[];
  readonly seeds: string;
  readonly out: string;
}

/** For each variant and method, and each value of a setting that varies, one job for each seed. */
export function syntheticPlan(flags: SyntheticPlanFlags): SyntheticRow[] {
  refuseDecided(flags.set, { variant: "--variants", method: "--methods", seed: "--seeds" });
  const variants = listOf(flags.variants, VARIANTS, "--variants");
  const methods = listOf(flags.methods, METHODS, "--methods");
  const seeds = seedList(flags.seeds);
  const variations = parseVariations(flags.vary ?? [], {
    ...{ config: configFrom(flags), schema: syntheticSchema },
    ...{ listed: "muir run synthetic --help", generations: flags.generations },
  });
  const varied = variations.flatMap(({ others }) =>
    others.map(({ name, assignment }) => ({
      ...{ name, method: "muir" as const },
      set: [assignment],
    })),
  );
  // what varies is to be seen beside muir as it is set
  const shown = varied.length === 0 ? methods : [...new Set([...methods, "muir" as const])];
  const named = shown.map((method) => ({ ...{ name: method, method }, set: [] }));
  return variants.flatMap((variant) =>
    [...named, ...varied].map(({ name, method, set }) => ({
      method: set.length === 0 ? name : `muir, ${name}`,
      jobs: seeds.map((seed) => ({
        config: configFrom(
          { ...flags, set: [...(flags.set ?? []), ...set] },
          { variant, method, seed },
        ),
        out: join(flags.out, `${variant}-${name}`, `seed${seed}`),
      })),
    })),
  );
}
