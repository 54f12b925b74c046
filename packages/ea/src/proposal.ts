/** A source of uniform draws in [0, 1): `Math.random`, or a seeded one to make a run repeatable. */
export type Random = () => number;

/**
 * Where a new value comes from: `"proportional"` draws the value of a uniformly drawn location, so
 * that values spread in proportion to their use; `"uniform"` draws all values alike.
 */
export type Sampling = "proportional" | "uniform";

/**
 * Who competes where during one generation. Locations that are not listed keep their module and
 * cost nothing.
 */
export interface Proposal {
  /** The module each location uses now, `[L]`: the incumbents. Never written to. */
  readonly alignment: Int32Array;
  /** The locations that got challengers, ascending, each once. */
  readonly locations: Int32Array;
  /** Their challengers, row-major `[locations.length, lambda]`. */
  readonly challengers: Int32Array;
  /** Challengers per listed location. */
  readonly lambda: number;
  /** Modules among the challengers that no location used: their owner must draw them anew. Ascending, each once. */
  readonly revived: Int32Array;
}
