/** Prints one comparison: milliseconds of each contender, and how many times faster the first is. */
export function report(title: string, times: Readonly<Record<string, number>>): void {
  const [first] = Object.values(times);
  const cells = Object.entries(times).map(
    ([name, time], i) =>
      `${name} ${time.toFixed(time < 1 ? 3 : 1)} ms${i === 0 ? "" : ` (${(time / first!).toFixed(1)}x)`}`,
  );
  console.log(`${title.padEnd(44)} ${cells.join(", ")}`);
}
