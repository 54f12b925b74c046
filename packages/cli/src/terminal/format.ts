/** Seconds as `0.25 s`, `4.2 s`, `42 s`, `3 min 05 s` or `2 h 10 min`. */
export function duration(seconds: number): string {
  if (seconds < 0.995) return `${seconds.toFixed(2)} s`;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const two = (n: number) => String(n).padStart(2, "0");
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(Math.floor(whole / 60) % 60)} min`;
}

/** A number with its noun: `1 generation`, `1,200 generations`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

/** A count in five characters or so: `90`, `45.6k`, `1.23M`. */
export function shortCount(count: number): string {
  if (count < 1000) return String(Math.round(count));
  const [unit, letter] = count < 999_500 ? [1e3, "k"] : count < 999.5e6 ? [1e6, "M"] : [1e9, "G"];
  return `${(count / unit).toPrecision(3)}${letter}`;
}

/** An error or a loss in six characters or so: `0.0123`, `1.2e-5`, `154`. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size < 1e-3) return exponential(value, 1);
  return size < 1e5 ? String(Number(value.toPrecision(3))) : exponential(value, 2);
}

/** A number of iterations: `6.4`, `2,047`, `4.30e13`. */
export function magnitude(value: number): string {
  if (value < 100) return value.toFixed(1);
  return value < 1e6 ? Math.round(value).toLocaleString("en") : exponential(value, 2);
}

const exponential = (value: number, digits: number) =>
  value.toExponential(digits).replace("e+", "e");

/** Rows as an aligned text table; the first row is the head. Numbers align right, a mark `*` behind them. */
export function table(given: readonly (readonly string[])[]): string {
  const isMarked = given[0]!.map((_, column) => given.some((row) => row[column]!.endsWith(" *")));
  const rows = given.map((row) =>
    row.map((cell, i) => (isMarked[i] && cell !== "" && !cell.endsWith(" *") ? `${cell}  ` : cell)),
  );
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const isNumber = widths.map((_, column) =>
    rows.slice(1).every((row) => /^[-+–\d.,e±() %*kMG→]*$/.test(row[column]!)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => (isNumber[i] ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join("  ")
      .trimEnd();
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  return [line(rows[0]!), rule, ...rows.slice(1).map(line)].join("\n");
}
