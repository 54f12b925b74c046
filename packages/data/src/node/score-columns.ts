/** Where in a table the sequences and their scores are. */
export interface ScoreColumns {
  /** The column of the sequences. Default: `sequence`. */
  readonly sequence?: string;
  /** The column of the scores. Default: `score`. */
  readonly score?: string;
  /** What stands between columns. Default: a comma in files that end in `.csv`, a tab in others. */
  readonly delimiter?: string;
  /**
   * Symbols of every sequence: longer ones are cut, and shorter ones filled up with N, on both sides alike.
   * Default: the length of the first; another length is then an error.
   */
  readonly length?: number;
}
