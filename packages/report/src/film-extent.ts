import { alignmentRows, lastChange } from "./alignment-rows.js";
import { checkWhole } from "./figure-frame.js";
import type { RunRecord } from "./run-record.js";

/** Which part of a run a film shows. */
export interface FilmExtent {
  /** Rows drawn, the start included. */
  readonly rows: number;
  /** The last generation drawn, and the last one there is. */
  readonly through: number;
  readonly generations: number;
  /** The last generation in which a location changed its hypermodule; 0 if none did. */
  readonly settled: number;
}

/**
 * What a film of `record` shows: generations 0 to `through`, or, unless that is given, all but a
 * still end, so that a run that settles early is not drawn as a thin band above stripes.
 *
 * @throws {RangeError} if the record holds no alignment or `through` is not a whole number.
 */
export function filmExtent(record: RunRecord, through?: number): FilmExtent {
  const generations = alignmentRows(record) - 1;
  if (generations < 0) {
    throw new RangeError(
      `alignmentFilm: the run must have locations and at least one alignment; got ${record.config.locations} locations, ${generations + 1} alignments. Independent training shares nothing: draw learningCurves instead.`,
    );
  }
  if (through !== undefined) checkWhole("alignmentFilm", { name: "through", value: through });
  const settled = lastChange(record);
  const enough = settled + Math.max(3, Math.ceil(settled / 6));
  const natural = enough < 0.8 * generations ? enough : generations;
  const last = Math.min(generations, through ?? natural);
  return { rows: last + 1, through: last, generations, settled };
}
