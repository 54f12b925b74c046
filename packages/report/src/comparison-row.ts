/** What one method reached on one variant of an experiment. */
export interface ComparisonRow {
  readonly method: string;
  readonly variant: string;
  /** Test RMSE of each seed. One that diverged is NaN: it is counted, not averaged. */
  readonly seeds: readonly number[];
  /** The paper's value (Table 2); null where it has none. */
  readonly paper: number | null;
}

/** What a comparison was made with, for its page. */
export interface ComparisonMeta {
  readonly experiment: string;
  readonly backend: string;
  readonly generations: number;
  /** The command that repeats the comparison. */
  readonly command?: string;
}
