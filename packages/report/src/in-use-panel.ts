import { type Area, round } from "./film-axes.js";
import { formatCount } from "./format-number.js";
import { type Markup, markup } from "./markup.js";

/** How much room the panel takes beside a film, its left margin and labels included. */
export const panelWidth = 156;

/**
 * Beside a film, on the same rows: how many hypermodules are in use, and from where on the
 * locations are grouped as the data is.
 *
 * @param counts hypermodules in use in each row drawn.
 */
export function inUsePanel(
  counts: readonly number[],
  { convergedAt, film }: { convergedAt: number | null; film: Area },
): Markup {
  const most = counts.reduce((high, count) => Math.max(high, count), 1);
  const left = film.left + film.width + 18;
  const right = left + 90;
  const bottom = film.top + film.height;
  const x = (count: number) => round(left + (count / most) * (right - left));
  const y = (row: number) => round(film.top + (row / counts.length) * film.height);
  const steps = counts.map((count, row) =>
    count === counts[row - 1] ? "" : `V${y(row)}H${x(count)}`,
  );
  const [first, final] = [counts[0]!, counts.at(-1)!];
  const edge = `M${x(first)},${film.top}${steps.join("")}V${bottom}`;
  return markup`<text x="${left}" y="${film.top - 9}" text-anchor="start" fill-opacity="0.65">hypermodules in use</text><path d="${edge}H${left}V${film.top}Z" fill-opacity="0.1"/><path d="${edge}" fill="none" stroke="currentColor" stroke-opacity="0.55" stroke-width="1.25"/><text x="${x(first) + (first < 100_000 ? 5 : -5)}" y="${film.top + 13}" text-anchor="${first < 100_000 ? "start" : "end"}">${formatCount(first)}</text>${
    counts.length > 1 &&
    markup`<text x="${x(final) + 5}" y="${bottom - 3}" text-anchor="start" font-weight="650">${formatCount(final)}</text>`
  }${
    convergedAt !== null &&
    convergedAt < counts.length &&
    markup`<path d="M${film.left + film.width + 3},${y(convergedAt)}H${right}" stroke="currentColor" stroke-opacity="0.6" stroke-dasharray="2 3"/><text class="muir-halo" x="${right + 22}" y="${y(convergedAt) - 6}" text-anchor="end" stroke="#ffffff" stroke-width="4" paint-order="stroke" stroke-linejoin="round">grouped from ${convergedAt}</text>`
  }`;
}
